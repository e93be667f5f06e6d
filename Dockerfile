# docker build -t network-telemetry-processor .
# docker run -d --name processor --env-file .env --network=host --read-only --stop-timeout 30 network-telemetry-processor
FROM debian:bookworm-slim AS build
WORKDIR /src
# What comes from outside is a layer of its own: a change of the sources does not fetch it again.
COPY tools/deps tools/deps
COPY dev dev
RUN ./dev deps
COPY . .
# What `ntsp --version` says of the source: the argument, or else the commit that .git names (its objects are not here).
ARG NTSP_REVISION=""
RUN mkdir -p .git/objects 2>/dev/null; NTSP_REVISION="$NTSP_REVISION" ./dev install /opt/ntsp \
    && python3 tools/sbom.py --dpkg >/opt/ntsp/share/doc/ntsp/sbom.cdx.json

FROM debian:bookworm-slim
COPY tools/deps/packages-run.txt /opt/ntsp/share/doc/ntsp/
RUN apt-get update -qq \
    && sed '/^#/d' /opt/ntsp/share/doc/ntsp/packages-run.txt | DEBIAN_FRONTEND=noninteractive xargs apt-get install -y -qq --no-install-recommends \
    && rm -rf /var/lib/apt/lists/* /var/cache/apt/* /var/log/*.log /var/log/apt \
    && groupadd --gid 10001 ntsp \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin ntsp
COPY --from=build /opt/ntsp /opt/ntsp
ENV PATH=/opt/ntsp/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    HTTP_LISTEN=0.0.0.0:8080
# By number, so that Kubernetes can see that it is not root. Nothing is written: the file system may be read-only.
USER 10001:10001
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 CMD ["ntsp", "healthcheck"]
ENTRYPOINT ["ntsp"]
CMD ["run"]
LABEL org.opencontainers.image.title="network-telemetry-processor" \
      org.opencontainers.image.description="Network telemetry from Kafka to clean tables, in Kafka and as Parquet on S3" \
      org.opencontainers.image.licenses="Apache-2.0"
