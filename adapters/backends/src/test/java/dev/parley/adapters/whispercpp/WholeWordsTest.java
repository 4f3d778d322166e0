package dev.parley.adapters.whispercpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.parley.core.recognition.Word;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class WholeWordsTest {

  private static final List<String> SOME_WORDS =
      List.of("Hello", "world.", "naïve", "Straße,", "a", "É", "3,5", "€", "👋", "don't", "—");

  @Provide
  Arbitrary<List<String>> sentences() {
    return Arbitraries.of(SOME_WORDS).list().ofMinSize(1).ofMaxSize(8);
  }

  @Provide
  Arbitrary<List<Integer>> places() {
    return Arbitraries.integers().between(0, 80).list().ofMaxSize(20);
  }

  @Property
  void anyCutIntoTokensGivesTheWordsBack(
      @ForAll("sentences") List<String> said, @ForAll("places") List<Integer> places) {
    String text = " " + String.join(" ", said);
    assertThat(texts(WholeWords.of(cut(text, places), text))).isEqualTo(said);
  }

  @Property
  void timesStayInOrderAndCoverTheTokens(
      @ForAll("sentences") List<String> said, @ForAll("places") List<Integer> places) {
    String text = " " + String.join(" ", said);
    List<Token> tokens = cut(text, places);
    List<Word> words = WholeWords.of(tokens, text);
    double before = 0;
    for (Word word : words) {
      assertThat(word.start()).isGreaterThanOrEqualTo(before);
      assertThat(word.end()).isGreaterThan(word.start());
      before = word.start();
    }
    assertThat(words.getLast().end()).isEqualTo(tokens.getLast().end());
  }

  /** Cuts the bytes, as the model's vocabulary does: what is left of a character is a mark. */
  private static List<Token> cut(String text, List<Integer> places) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    TreeSet<Integer> cuts = new TreeSet<>(places);
    cuts.add(utf8.length);
    List<Token> tokens = new ArrayList<>();
    int from = 0;
    for (int to : cuts) {
      if (to > from && to <= utf8.length) {
        String piece = new String(Arrays.copyOfRange(utf8, from, to), StandardCharsets.UTF_8);
        tokens.add(new Token(piece, tokens.size(), tokens.size() + 1, OptionalDouble.of(0.5)));
        from = to;
      }
    }
    return tokens;
  }

  private static List<Token> tokens(String... texts) {
    List<Token> tokens = new ArrayList<>();
    for (String text : texts) {
      tokens.add(new Token(text, tokens.size(), tokens.size() + 1, OptionalDouble.empty()));
    }
    return tokens;
  }

  private static List<String> texts(List<Word> words) {
    return words.stream().map(Word::text).toList();
  }

  @Test
  void aWordLastsFromItsFirstTokenToItsLast() {
    List<Token> tokens =
        List.of(
            new Token(" Hel", 0, 0.2, OptionalDouble.of(0.9)),
            new Token("lo", 0.2, 0.4, OptionalDouble.of(0.7)),
            new Token(" world", 0.4, 1.2, OptionalDouble.of(0.97)),
            new Token(".", 1.2, 1.4, OptionalDouble.of(0.8)));
    List<Word> words = WholeWords.of(tokens, "Hello world.");
    assertThat(texts(words)).containsExactly("Hello", "world.");
    assertThat(words.getFirst().start()).isZero();
    assertThat(words.getFirst().end()).isEqualTo(0.4);
    assertThat(words.getFirst().probability().orElseThrow()).isCloseTo(0.8, within(1e-9));
    assertThat(words.getLast().end()).isEqualTo(1.4);
  }

  @Test
  void scriptsWithoutSpacesHaveAWordInEachToken() {
    assertThat(texts(WholeWords.of(tokens("今天", "天气", "很", "好", "。"), "今天天气很好。")))
        .containsExactly("今天", "天气", "很", "好。");
    assertThat(texts(WholeWords.of(tokens("我", "用", "Chat", "GPT"), "我用ChatGPT")))
        .containsExactly("我", "用", "ChatGPT");
  }

  @Test
  void charactersThatWereCutAreTakenFromTheText() {
    assertThat(texts(WholeWords.of(tokens("你", "\uFFFD", "\uFFFD\uFFFD", "好"), "你們好")))
        .containsExactly("你", "們", "好");
  }

  @Test
  void whatCannotBeMendedStaysAsItCame() {
    assertThat(texts(WholeWords.of(tokens(" a", "\uFFFD", " b"), "something else entirely")))
        .containsExactly("a\uFFFD", "b");
  }

  @Test
  void nothingIsNoWord() {
    assertThat(WholeWords.of(List.of(), "")).isEmpty();
    assertThat(WholeWords.of(tokens(" ", "", "  "), "")).isEmpty();
  }
}
