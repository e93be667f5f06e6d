import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;

/** The benchmark's normalisation in Kafka Streams.   Job BROKERS RAW GROUP GUARANTEE THREADS STATE-DIR NODE INTERFACE ADDRESS */
public final class Job {
  public static void main(String[] args) {
    Topology topology = new Topology();
    topology.addSource("raw", args[1]).addProcessor("normalize", Normalizer::new, "raw");
    topology.addSink("node", args[6], "normalize");
    topology.addSink("interface", args[7], "normalize");
    topology.addSink("address", args[8], "normalize");
    KafkaStreams streams = new KafkaStreams(topology, settings(args));
    Runtime.getRuntime().addShutdownHook(new Thread(streams::close));
    streams.start();
  }

  /** Where Java's clients have smaller defaults than librdkafka, librdkafka's: else they would compress less and ask more often. */
  private static Properties settings(String[] args) {
    Properties p = new Properties();
    p.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, args[0]);
    p.put(StreamsConfig.APPLICATION_ID_CONFIG, args[2]);
    p.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, args[3]);
    p.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, args[4]);
    p.put(StreamsConfig.STATE_DIR_CONFIG, args[5]);
    p.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArray().getClass());
    p.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArray().getClass());
    p.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 250);
    p.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    p.put(StreamsConfig.consumerPrefix("max.poll.records"), 1000);
    p.put(StreamsConfig.producerPrefix("compression.type"), "lz4");
    p.put(StreamsConfig.producerPrefix("linger.ms"), 5);
    p.put(StreamsConfig.producerPrefix("acks"), "all");
    p.put(StreamsConfig.producerPrefix("batch.size"), 1_000_000);
    p.put(StreamsConfig.producerPrefix("buffer.memory"), 64_000_000);
    p.put(StreamsConfig.producerPrefix("max.request.size"), 10_000_000);
    return p;
  }
}
