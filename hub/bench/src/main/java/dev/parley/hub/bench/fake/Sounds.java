package dev.parley.hub.bench.fake;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** The bytes of speech, made once. Each shared buffer is sent as a retained duplicate. */
final class Sounds {

  private static final int SAMPLES = FakeSpeech.RATE_HZ * FakeSpeech.PIECE_MILLIS / 1000;
  private static final double TONE_HZ = 100;
  private static final int HARMONICS = 8;
  private static final double LOUDNESS = 6_000;
  private static final int WAV_HEAD = 44;

  /** Whole periods of a tone, so that pieces behind one another have no seam. */
  private static final byte[] PIECE = tone();

  static final ByteBuf RAW = chunk(PIECE);
  static final ByteBuf EVENT =
      chunk(event("delta\",\"audio\":\"" + Base64.getEncoder().encodeToString(PIECE)));
  static final ByteBuf RAW_HEAD = head("audio/pcm");
  static final ByteBuf EVENT_HEAD = head("text/event-stream");
  static final ByteBuf RAW_END = Replies.bytes("0\r\n\r\n");
  static final ByteBuf EVENT_END =
      Replies.bytes(chunk(event("done")).toString(US_ASCII) + "0\r\n\r\n");

  private Sounds() {}

  /** An answer with the WAV file of a text. */
  static ByteBuf file(int characters) {
    int pieces = FakeSpeech.pieces(characters);
    int size = pieces * PIECE.length;
    String head =
        "HTTP/1.1 200 OK\r\ncontent-type: audio/wav\r\ncontent-length: "
            + (WAV_HEAD + size)
            + "\r\n\r\n";
    ByteBuf answer = Unpooled.directBuffer(head.length() + WAV_HEAD + size);
    answer.writeBytes(head.getBytes(US_ASCII)).writeBytes(wavHead(size));
    for (int i = 0; i < pieces; i++) {
      answer.writeBytes(PIECE);
    }
    return answer;
  }

  private static byte[] wavHead(int size) {
    int rate = FakeSpeech.RATE_HZ;
    ByteBuffer head = ByteBuffer.allocate(WAV_HEAD).order(ByteOrder.LITTLE_ENDIAN);
    head.put("RIFF".getBytes(US_ASCII)).putInt(size + WAV_HEAD - 8);
    head.put("WAVEfmt ".getBytes(US_ASCII)).putInt(16).putShort((short) 1).putShort((short) 1);
    head.putInt(rate).putInt(rate * Short.BYTES).putShort((short) 2).putShort((short) 16);
    head.put("data".getBytes(US_ASCII)).putInt(size);
    return head.array();
  }

  private static byte[] tone() {
    ByteBuffer bytes = ByteBuffer.allocate(SAMPLES * Short.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < SAMPLES; i++) {
      double sum = 0;
      for (int n = 1; n <= HARMONICS; n++) {
        sum += Math.sin(2 * Math.PI * TONE_HZ * n * i / FakeSpeech.RATE_HZ) / n;
      }
      bytes.putShort((short) Math.round(LOUDNESS * sum));
    }
    return bytes.array();
  }

  private static byte[] event(String rest) {
    return ("data: {\"type\":\"speech.audio." + rest + "\"}\n\n").getBytes(US_ASCII);
  }

  private static ByteBuf head(String type) {
    return Replies.bytes(
        "HTTP/1.1 200 OK\r\ncontent-type: " + type + "\r\ntransfer-encoding: chunked\r\n\r\n");
  }

  private static ByteBuf chunk(byte[] content) {
    byte[] size = (Integer.toHexString(content.length) + "\r\n").getBytes(US_ASCII);
    ByteBuf chunk = Unpooled.directBuffer(size.length + content.length + 2);
    return Unpooled.unreleasableBuffer(
        chunk.writeBytes(size).writeBytes(content).writeBytes("\r\n".getBytes(US_ASCII)));
  }
}
