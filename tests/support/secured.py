"""A broker with one listener for each way to secure Kafka, users, and the real authorizer.

The plain listener is the administrator's: whoever comes through it may do everything. The others belong to users who
may do nothing until `allow` says so.
"""

import pathlib
import shutil
import subprocess
import tempfile

from confluent_kafka.admin import (AclBinding, AclBindingFilter, AclOperation, AclPermissionType, ResourcePatternType,
                                   ResourceType, ScramCredentialInfo, ScramMechanism, UserScramCredentialUpsertion)

from tests.support.broker import JARS, Broker
from tests.support.certificates import Authority
from tests.support.ports import free_port

USER, PASSWORD = "ntsp", "correct-horse-battery"
CONNECTION_SECONDS = 4  # a client has to authenticate anew, with a new token, before this is over
# What signs and what checks the tokens of the listener "iam".
IAM_KEY, IAM_SECRET = "AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"

SECURITY = {"tls": "SSL", "mtls": "SSL", "expired": "SSL", "elsewhere": "SSL", "sasl": "SASL_PLAINTEXT",
            "sasls": "SASL_SSL", "iam": "SASL_SSL"}
MODULE = "org.apache.kafka.common.security"
HANDLER = pathlib.Path(__file__).with_name("IamTokenHandler.java")


class SecuredBroker(Broker):
    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="secured-"))
        self.authority = Authority(self.folder, "site-authority")
        self.ports = {name: free_port() for name in SECURITY}
        super().__init__(self._properties(), extra_listeners=[
            (name.upper(), SECURITY[name], port) for name, port in self.ports.items()], classes=self._handler())
        try:
            self.set_password(USER, PASSWORD)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        super().close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def at(self, listener: str) -> str:
        """Its bootstrap address, by name: certificates are for names."""
        return f"localhost:{self.ports[listener]}"

    def tokens(self) -> list[str]:
        """When the tokens were made that the listener "iam" accepted, in that order."""
        return [line.split()[0] for line in self._seen()]

    def keys(self) -> list[str]:
        """With which keys they were signed."""
        return [line.split()[1] for line in self._seen()]

    def _seen(self) -> list[str]:
        seen = self.folder / "tokens"
        return seen.read_text().splitlines() if seen.exists() else []

    def set_password(self, user: str, password: str) -> None:
        for mechanism in (ScramMechanism.SCRAM_SHA_256, ScramMechanism.SCRAM_SHA_512):
            admin = self.admin()
            made = UserScramCredentialUpsertion(user, ScramCredentialInfo(mechanism, 4096), password.encode())
            admin.alter_user_scram_credentials([made])[user].result(30)

    def allow(self, *acls: tuple[str, str, str], user: str = USER) -> None:
        """Each (resource type, name, operation); a name with * at its end is a prefix."""
        admin = self.admin()
        for future in admin.create_acls([_binding(a, user) for a in acls]).values():
            future.result(30)

    def deny_all(self) -> None:
        everything = AclBindingFilter(ResourceType.ANY, None, ResourcePatternType.ANY, None, None, AclOperation.ANY,
                                      AclPermissionType.ANY)
        admin = self.admin()
        admin.delete_acls([everything])[everything].result(30)

    def forbid(self, acl: tuple[str, str, str], user: str = USER) -> None:
        """Takes one of `allow` back."""
        binding = _binding(acl, user)
        one = AclBindingFilter(binding.restype, binding.name, binding.resource_pattern_type, binding.principal,
                               binding.host, binding.operation, binding.permission_type)
        admin = self.admin()
        assert len(admin.delete_acls([one])[one].result(30)) == 1, f"there was no such ACL: {acl}"

    def _properties(self) -> str:
        hosts = ["localhost", "127.0.0.1"]
        servers = {"tls": self.authority.issue("broker", hosts),
                   "expired": self.authority.issue("expired-broker", hosts, expired=True),
                   "elsewhere": self.authority.issue("elsewhere-broker", ["elsewhere.example"])}
        lines = [
            "authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "super.users=User:ANONYMOUS",
            "ssl.principal.mapping.rules=RULE:^CN=([^,]+).*$/$1/",
            "listener.name.mtls.ssl.client.auth=required",
            "listener.name.mtls.ssl.truststore.type=PEM",
            f"listener.name.mtls.ssl.truststore.location={self.authority.file}",
        ]
        for name, security in SECURITY.items():
            if not security.endswith("SSL"):
                continue
            chain, key = servers.get(name, servers["tls"])
            store = self.folder / f"{chain.stem}-store.pem"
            store.write_bytes(key.read_bytes() + chain.read_bytes())
            lines += [f"listener.name.{name}.ssl.keystore.type=PEM", f"listener.name.{name}.ssl.keystore.location={store}"]
        for name, mechanisms in {"sasl": ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"], "iam": ["OAUTHBEARER"],
                                 "sasls": ["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512", "OAUTHBEARER"]}.items():
            lines += [f"listener.name.{name}.sasl.enabled.mechanisms={','.join(mechanisms)}",
                      f"listener.name.{name}.connections.max.reauth.ms={CONNECTION_SECONDS * 1000}"]
            lines += [f"listener.name.{name}.{m.lower()}.sasl.jaas.config={_login(m, self.folder / 'tokens')}"
                      for m in mechanisms]
        lines.append("listener.name.iam.oauthbearer.sasl.server.callback.handler.class=IamTokenHandler")
        return "\n".join(lines)

    def _handler(self) -> pathlib.Path:
        """Compiles what checks the tokens of the listener "iam". The runtime has the compiler, only not the command."""
        classes = self.folder / "classes"
        clients = next(JARS.glob("kafka-clients-*.jar"))
        subprocess.run(["java", "-m", "jdk.compiler/com.sun.tools.javac.Main", "-cp", str(clients),
                        "-d", str(classes), str(HANDLER)], check=True, timeout=120)
        return classes


def _login(mechanism: str, seen: pathlib.Path) -> str:
    if mechanism == "PLAIN":
        return f'{MODULE}.plain.PlainLoginModule required user_{USER}="{PASSWORD}";'
    if mechanism == "OAUTHBEARER":
        return f'{MODULE}.oauthbearer.OAuthBearerLoginModule required unsecuredLoginStringClaim_sub="broker" ' \
               f'secret="{IAM_SECRET}" user="{USER}" seen="{seen}";'
    return f"{MODULE}.scram.ScramLoginModule required;"


def _binding(acl: tuple[str, str, str], user: str) -> AclBinding:
    resource, name, operation = acl
    pattern = ResourcePatternType.PREFIXED if name.endswith("*") else ResourcePatternType.LITERAL
    kind = {"topic": ResourceType.TOPIC, "group": ResourceType.GROUP, "cluster": ResourceType.BROKER,
            "transactional id": ResourceType.TRANSACTIONAL_ID}[resource]
    words = "".join("_" + c if c.isupper() and i else c for i, c in enumerate(operation)).upper()
    return AclBinding(kind, name.rstrip("*"), pattern, f"User:{user}", "*", AclOperation[words], AclPermissionType.ALLOW)
