import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What all records of a raw message share. */
final class Message {
  final String batchId, receivedAt;
  String time, nodeTime, node, namespace;
  java.util.Map<String, String> facts;  // of the node
  int next;

  Message(String batchId, String receivedAt) {
    this.batchId = batchId;
    this.receivedAt = receivedAt;
    this.time = receivedAt;
  }
}

/** The records of one table and raw message as a JSON array. */
final class Table {
  private final JsonFactory json;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(16_384);
  private JsonGenerator out;

  Table(JsonFactory json) {
    this.json = json;
  }

  boolean isEmpty() {
    return out == null;
  }

  void open(Message message, int index, String time) throws IOException {
    if (out == null) {
      out = json.createGenerator(bytes);
      out.writeStartArray();
    }
    out.writeStartObject();
    text("batch_id", message.batchId);
    out.writeNumberField("record_index", index);
    text("timestamp", time);
    text("received_at", message.receivedAt);
    text("node_name", message.node);
    if (message.namespace != null) text("namespace", message.namespace);
    text("source_format", "eda");
  }

  void text(String column, String value) throws IOException {
    out.writeStringField(column, value);
  }

  void number(String column, String digits) throws IOException {
    out.writeFieldName(column);
    out.writeNumber(digits);
  }

  void close() throws IOException {
    out.writeEndObject();
  }

  byte[] take() {
    try {
      out.writeEndArray();
      out.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    out = null;
    byte[] value = bytes.toByteArray();
    bytes.reset();
    return value;
  }
}
