import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.callback.Callback;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.common.security.auth.AuthenticateCallbackHandler;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerToken;
import org.apache.kafka.common.security.oauthbearer.OAuthBearerValidatorCallback;

/** What MSK does with a client's token: it is a presigned URL, and the signature says who calls. */
public class IamTokenHandler implements AuthenticateCallbackHandler {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private String secret;
  private String user;
  private Path seen;

  @Override
  public void configure(Map<String, ?> configs, String mechanism, List<AppConfigurationEntry> entries) {
    secret = (String) entries.get(0).getOptions().get("secret");
    user = (String) entries.get(0).getOptions().get("user");
    seen = Path.of((String) entries.get(0).getOptions().get("seen"));
  }

  @Override
  public void handle(Callback[] callbacks) {
    for (Callback callback : callbacks) {
      if (!(callback instanceof OAuthBearerValidatorCallback asked)) continue;
      try {
        asked.token(checked(asked.tokenValue()));
      } catch (Exception refused) {
        asked.error("invalid_token", null, null);
      }
    }
  }

  private OAuthBearerToken checked(String token) throws Exception {
    URI uri = new URI(new String(Base64.getUrlDecoder().decode(token), StandardCharsets.US_ASCII));
    TreeMap<String, String> raw = new TreeMap<>();
    for (String pair : uri.getRawQuery().split("&")) raw.put(pair.split("=")[0], pair.split("=", 2)[1]);
    String signature = raw.remove("X-Amz-Signature");
    raw.remove("User-Agent"); // added behind the signature
    if (!"kafka-cluster%3AConnect".equals(raw.get("Action"))) throw new Exception("action");
    if (!uri.getHost().matches("kafka\\.[a-z0-9-]+\\.amazonaws\\.com")) throw new Exception("host");
    String[] scope = URLDecoder.decode(raw.get("X-Amz-Credential"), StandardCharsets.UTF_8).split("/");
    if (!uri.getHost().equals("kafka." + scope[2] + ".amazonaws.com")) throw new Exception("region");
    if (!signature.equals(sign(uri.getHost(), raw, scope))) throw new Exception("signature");
    Instant start = Instant.from(TIME.parse(raw.get("X-Amz-Date")));
    Instant end = start.plusSeconds(Long.parseLong(raw.get("X-Amz-Expires")));
    if (Instant.now().isAfter(end)) throw new Exception("expired");
    if (Instant.now().isAfter(expiry(scope[0]))) throw new Exception("the key that signed it has expired");
    Files.writeString(seen, raw.get("X-Amz-Date") + " " + scope[0] + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    return token(token, start.toEpochMilli(), end.toEpochMilli());
  }

  /** Temporary keys of the tests have it in their name (role.py). */
  private static Instant expiry(String key) {
    int at = key.indexOf("UNTIL");
    return at < 0 ? Instant.MAX : Instant.ofEpochSecond(Long.parseLong(key.substring(at + "UNTIL".length())));
  }

  private String sign(String host, TreeMap<String, String> query, String[] scope) throws Exception {
    StringBuilder canonical = new StringBuilder("GET\n/\n");
    String and = "";
    for (var entry : query.entrySet()) {
      canonical.append(and).append(entry.getKey()).append('=').append(entry.getValue());
      and = "&";
    }
    canonical.append("\nhost:").append(host).append("\n\nhost\n").append(hash(""));
    String text = "AWS4-HMAC-SHA256\n" + query.get("X-Amz-Date") + "\n"
        + String.join("/", scope[1], scope[2], scope[3], scope[4]) + "\n" + hash(canonical.toString());
    byte[] key = ("AWS4" + secret).getBytes(StandardCharsets.UTF_8);
    for (int i = 1; i <= 4; i++) key = mac(key, scope[i]);
    return HexFormat.of().formatHex(mac(key, text));
  }

  private static String hash(String text) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest);
  }

  private static byte[] mac(byte[] key, String text) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
  }

  private OAuthBearerToken token(String value, long start, long end) {
    return new OAuthBearerToken() {
      public String value() { return value; }
      public Set<String> scope() { return Set.of(); }
      public long lifetimeMs() { return end; }
      public String principalName() { return user; }
      public Long startTimeMs() { return start; }
    };
  }

  @Override
  public void close() {}
}
