import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/** EDA's messages of the benchmark to ntsp's records: one node a message, `path` before `entries`, `keys` before `fields`. */
final class Normalizer implements Processor<byte[], byte[], byte[], byte[]> {
  private static final Map<String, String> COLUMNS = Map.ofEntries(
      Map.entry("type", "platform"), Map.entry("serial-number", "serial_number"), Map.entry("version", "version"),
      Map.entry("location", "location"), Map.entry("last-booted", "boot_time"), Map.entry("admin-state", "admin_status"),
      Map.entry("oper-state", "oper_status"), Map.entry("ifindex", "ifindex"), Map.entry("last-change", "last_change"),
      Map.entry("in-octets", "in_octets"), Map.entry("out-octets", "out_octets"),
      Map.entry("in-unicast-packets", "in_unicast_packets"), Map.entry("out-unicast-packets", "out_unicast_packets"),
      Map.entry("in-error-packets", "in_errors"), Map.entry("out-error-packets", "out_errors"),
      Map.entry("in-discarded-packets", "in_discards"), Map.entry("out-discarded-packets", "out_discards"),
      Map.entry("origin", "origin"), Map.entry("status", "status"));

  private final JsonFactory json = new JsonFactory();
  private final Map<String, Address> addresses = new HashMap<>();
  private final Times times = new Times();
  private ProcessorContext<byte[], byte[]> context;
  private Table node, interfaces, address;

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    this.context = context;
    node = new Table(json);
    interfaces = new Table(json);
    address = new Table(json);
  }

  @Override
  public void process(Record<byte[], byte[]> raw) {
    RecordMetadata from = context.recordMetadata().orElseThrow();
    Message message = new Message(
        Uuids.url("kafka:" + from.topic() + "/" + from.partition() + "/" + from.offset() + "@" + raw.timestamp()),
        times.ofMillis(raw.timestamp()));
    try (JsonParser in = json.createParser(raw.value())) {
      in.nextToken();
      while (in.nextToken() == JsonToken.START_OBJECT) part(in, message);
      if (message.facts != null) finishNode(message);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    byte[] key = message.node.getBytes(StandardCharsets.UTF_8);
    send(raw, key, node, "node");
    send(raw, key, interfaces, "interface");
    send(raw, key, address, "address");
  }

  private void send(Record<byte[], byte[]> raw, byte[] key, Table table, String sink) {
    if (table.isEmpty()) return;
    context.forward(raw.withKey(key).withValue(table.take()), sink);
  }

  private void part(JsonParser in, Message message) throws IOException {
    String path = null;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String name = in.currentName();
      in.nextToken();
      switch (name) {
        case "path" -> path = in.getText();
        case "timestamp" -> message.time = times.normal(in.getText());
        case "entries" -> {
          while (in.nextToken() != JsonToken.END_ARRAY) entry(in, path, message);
        }
        default -> in.skipChildren();
      }
    }
  }

  private void entry(JsonParser in, String path, Message message) throws IOException {
    String name = null, index = null, prefix = null;
    in.nextToken();  // "keys"
    in.nextToken();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String key = in.currentName();
      in.nextToken();
      switch (key) {
        case "node_name" -> message.node = in.getText();
        case "namespace_name" -> message.namespace = in.getText();
        case "interface_name" -> name = in.getText();
        case "subinterface_index" -> index = in.getText();
        case "address_ip-prefix" -> prefix = in.getText();
        default -> in.skipChildren();
      }
    }
    if (message.facts == null) {
      message.facts = new HashMap<>();
      message.nodeTime = message.time;
      message.next = 1;  // the node's record is the first
    }
    if (name == null) {
      fields(in, message.facts, null);
    } else {
      Table table = path.endsWith(".address") ? address : interfaces;
      table.open(message, message.next++, message.time);
      table.text("interface_name", name);
      if (prefix != null) identify(table, index, prefix);
      fields(in, null, table);
      table.close();
    }
    in.nextToken();  // the entry's end
  }

  private void identify(Table table, String index, String prefix) throws IOException {
    Address found = addresses.computeIfAbsent(prefix, Address::of);
    table.number("subinterface_index", index);
    table.text("address_ip_prefix", prefix);
    table.text("ip_address", found.ip());
    table.number("prefix_length", found.length());
    table.number("family", found.family());
  }

  /** To the facts of the node, or into the open record. */
  private void fields(JsonParser in, Map<String, String> facts, Table table) throws IOException {
    in.nextToken();  // "fields"
    in.nextToken();
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String column = COLUMNS.get(in.currentName());
      boolean number = in.nextToken().isNumeric();
      if (column == null) continue;
      if (facts != null) facts.put(column, in.getText());
      else if (number) table.number(column, in.getText());
      else table.text(column, value(column, in.getText()));
    }
  }

  private String value(String column, String text) {
    return switch (column) {
      case "admin_status" -> text.equals("enable") ? "up" : text.equals("disable") ? "down" : text;
      case "boot_time", "last_change" -> times.normal(text);
      default -> text;
    };
  }

  private void finishNode(Message message) throws IOException {
    node.open(message, 0, message.nodeTime);
    for (Map.Entry<String, String> fact : message.facts.entrySet())
      node.text(fact.getKey(), value(fact.getKey(), fact.getValue()));
    node.close();
  }
}
