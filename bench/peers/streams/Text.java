import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.UUID;

/** RFC 3339 with microseconds. Most times of a message are the same one. */
final class Times {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);
  private String last = "", lastNormal = "";

  String normal(String text) {
    if (!text.equals(last)) {
      lastNormal = MICROS.format(Instant.parse(text));
      last = text;
    }
    return lastNormal;
  }

  String ofMillis(long millis) {
    return MICROS.format(Instant.ofEpochMilli(millis));
  }
}

/** Name-based, version 5, in the URL namespace. */
final class Uuids {
  private static final UUID URL = UUID.fromString("6ba7b811-9dad-11d1-80b4-00c04fd430c8");

  static String url(String name) {
    try {
      MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
      sha1.update(ByteBuffer.allocate(16).putLong(URL.getMostSignificantBits()).putLong(URL.getLeastSignificantBits()).array());
      ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
      long high = hash.getLong() & ~0xF000L | 0x5000L, low = hash.getLong() & ~(3L << 62) | 2L << 62;
      return new UUID(high, low).toString();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

/** An address with its prefix length, in canonical form (RFC 5952). */
record Address(String ip, String length, String family) {
  static Address of(String prefix) {
    int slash = prefix.indexOf('/');
    try {
      byte[] bytes = InetAddress.getByName(prefix.substring(0, slash)).getAddress();
      String ip = bytes.length == 4 ? prefix.substring(0, slash) : canonical(ByteBuffer.wrap(bytes));
      return new Address(ip, prefix.substring(slash + 1), bytes.length == 4 ? "4" : "6");
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(prefix, e);
    }
  }

  /** The longest run of two or more zero groups becomes "::". */
  private static String canonical(ByteBuffer bytes) {
    int best = -1, length = 1;
    for (int i = 0; i < 8; i++) {
      int n = 0;
      while (i + n < 8 && bytes.getShort(2 * (i + n)) == 0) n++;
      if (n > length) {
        best = i;
        length = n;
      }
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 8; i++) {
      if (i == best) {
        text.append("::");
        i += length - 1;
        continue;
      }
      if (text.length() > 0 && text.charAt(text.length() - 1) != ':') text.append(':');
      text.append(Integer.toHexString(bytes.getShort(2 * i) & 0xffff));
    }
    return text.toString();
  }
}
