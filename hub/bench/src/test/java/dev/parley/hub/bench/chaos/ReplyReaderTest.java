package dev.parley.hub.bench.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.hub.bench.http.MessageReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever looks for wrong answers must find them. */
class ReplyReaderTest {

  private static final long NUMBER = 42;
  private static final SoakCall STREAM = SoakCall.patient(NUMBER, Alias.ALL.getFirst(), true);
  private static final SoakCall WHOLE = SoakCall.patient(NUMBER, Alias.ALL.getFirst(), false);
  private static final SoakCall VECTOR = SoakCall.patient(NUMBER, Alias.ALL.getLast(), false);
  private static final List<byte[]> PIECES = pieces(NUMBER, true);

  private static List<byte[]> pieces(long number, boolean stream) {
    return Script.of(new Question(number, false, stream, false, "")).pieces();
  }

  private static Outcome judged(SoakCall call, List<byte[]> pieces) {
    ReplyReader reply = new ReplyReader(call);
    MessageReader reader = new MessageReader(reply);
    pieces.forEach(piece -> reader.feed(piece, 0, piece.length));
    return reply.outcome();
  }

  @Test
  void rightAnswersAreSuccesses() {
    assertThat(judged(STREAM, PIECES)).isInstanceOf(Outcome.Success.class);
    assertThat(judged(WHOLE, pieces(NUMBER, false))).isInstanceOf(Outcome.Success.class);
    Question vector = new Question(NUMBER, true, false, false, "");
    assertThat(judged(VECTOR, Script.of(vector).pieces())).isInstanceOf(Outcome.Success.class);
  }

  @Test
  void missingWordIsWrong() {
    List<byte[]> pieces = new ArrayList<>(PIECES);
    pieces.remove(4);
    assertThat(judged(STREAM, pieces)).isInstanceOf(Outcome.Wrong.class);
  }

  @Test
  void doubledWordIsWrong() {
    List<byte[]> pieces = new ArrayList<>(PIECES);
    pieces.add(4, pieces.get(4));
    assertThat(judged(STREAM, pieces)).isInstanceOf(Outcome.Wrong.class);
  }

  @Test
  void answerToAnotherRequestIsWrong() {
    assertThat(judged(STREAM, pieces(43, true))).isInstanceOf(Outcome.Wrong.class);
    assertThat(judged(WHOLE, pieces(43, false))).isInstanceOf(Outcome.Wrong.class);
  }

  @Test
  void streamThatEndsInGoodOrderBeforeItsEndIsWrong() {
    List<byte[]> pieces = new ArrayList<>(PIECES.subList(0, 4));
    pieces.add(Script.earlyEnd());
    assertThat(judged(STREAM, pieces)).isInstanceOf(Outcome.Wrong.class);
  }

  @Test
  void streamWithoutItsEndMarkIsWrong() {
    List<byte[]> pieces = new ArrayList<>(PIECES);
    pieces.remove(pieces.size() - 2);
    assertThat(judged(STREAM, pieces)).isInstanceOf(Outcome.Wrong.class);
  }

  @Test
  void errorInTheStreamIsAnErrorAndSilenceIsNone() {
    List<byte[]> pieces = new ArrayList<>(PIECES.subList(0, 4));
    assertThat(judged(STREAM, pieces)).isInstanceOf(Outcome.Broken.class);
    pieces.add(Script.errorEvent());
    assertThat(judged(STREAM, pieces)).isEqualTo(new Outcome.Refused("broken in the stream"));
  }

  @Test
  void refusalHasItsCode() {
    List<byte[]> refusal = List.of(Script.refusal(503, "", "busy"));
    assertThat(judged(WHOLE, refusal)).isEqualTo(new Outcome.Refused("broken"));
    byte[] bare = "HTTP/1.1 502 Bad\r\ncontent-length: 0\r\n\r\n".getBytes(UTF_8);
    assertThat(judged(WHOLE, List.of(bare))).isInstanceOf(Outcome.Broken.class);
  }
}
