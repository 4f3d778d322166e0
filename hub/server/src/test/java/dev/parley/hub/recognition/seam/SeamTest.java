package dev.parley.hub.recognition.seam;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.core.recognition.Word;
import dev.parley.hub.recognition.seam.Hypothesis.Token;
import dev.parley.hub.recognition.seam.Seam.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SeamTest {

  private static final double SHARED = 2;

  /** Words without times, as if both clips shared all of their sound. */
  private static Place place(String kept, String dropped, String next) {
    var all = Hypothesis.of(kept + " " + dropped).tokens();
    var words = Placed.toTheEnd(all, 0, SHARED);
    var stay = Hypothesis.of(kept).tokens().size();
    var seam = new Seam(words.part(0, stay), words.part(stay, all.size()), 0, SHARED);
    return seam.place(Placed.fromTheStart(Hypothesis.of(next).tokens(), 0, SHARED + 3));
  }

  @Test
  void goesOnBehindTheLastWordThatStays() {
    assertThat(place("this is where", "it is cu", "s is where it is cut and goes on"))
        .isEqualTo(new Place(0, 3));
  }

  @Test
  void aWordThatWasReadOtherwiseIsToldOnce() {
    assertThat(place("I met their", "dog again", "met there dog again today"))
        .isEqualTo(new Place(0, 2));
    assertThat(place("one two too", "for", "two to four five")).isEqualTo(new Place(0, 2));
  }

  @Test
  void whatTheOtherReadingHasNotIsRecovered() {
    assertThat(place("some words", "are just missing here", "words missing here and more"))
        .isEqualTo(new Place(2, 1));
    assertThat(place("all of it", "is lost", "")).isEqualTo(new Place(2, 0));
  }

  @Test
  void readingsThatShareNothingAreJoinedByTheirTimes() {
    var mine = placed("a 0 0.5, b 0.5 0.9, c 1.1 1.5, d 1.6 2");
    var other = placed("x 0.1 0.5, y 0.5 0.9, z 1.1 1.5, u 1.6 2, v 2.1 2.6");
    var seam = new Seam(mine.part(0, 2), mine.part(2, 4), 0, SHARED);
    assertThat(seam.place(other)).isEqualTo(new Place(0, 2));
    assertThat(seam.place(placed("w 1.7 2.4"))).isEqualTo(new Place(1, 0));
    assertThat(seam.place(placed(""))).isEqualTo(new Place(2, 0));
  }

  @Test
  void wordsOfScriptsWithoutSpacesStayWhole() {
    var heard = Hypothesis.of("你好世界").tokens();
    var word = new Word("世界", 1, 2, OptionalDouble.empty(), "");
    var hello = new Word("你好", 0, 0.9, OptionalDouble.empty(), "");
    var tokens =
        List.of(
            heard.get(0).withTimed(List.of(hello)),
            heard.get(1),
            heard.get(2).withTimed(List.of(word)),
            heard.get(3));
    var placed = Placed.toTheEnd(tokens, 0, 2);
    assertThat(placed.told()).isTrue();
    assertThat(placed.endingBefore(0.95)).isEqualTo(2);
    assertThat(placed.wholeWords(1)).isEqualTo(2);
  }

  private static Placed placed(String words) {
    var all = new ArrayList<Placed.At>();
    for (var word : words.isEmpty() ? new String[0] : words.split(", ")) {
      var parts = word.split(" ", -1);
      all.add(new Placed.At(parts[0], Double.parseDouble(parts[1]), Double.parseDouble(parts[2])));
    }
    return new Placed(all, true);
  }

  /** Words of speech without a pause. */
  private record Said(String text, double start, double end) {}

  private static List<Said> talk(Random random, List<String> vocabulary, double letterSeconds) {
    var said = new ArrayList<Said>();
    var at = 0.0;
    for (var text : vocabulary) {
      var length = (text.length() + 1) * letterSeconds * (0.8 + random.nextDouble() * 0.4);
      said.add(new Said(text, at, at + length * 0.95));
      at += length;
    }
    return said;
  }

  /**
   * Hears whole words, and of one that is cut at either edge something else, or nothing. Times are
   * off by a little.
   */
  private static List<Token> hear(
      List<Said> said, double from, double to, boolean timed, Random random) {
    var heard = new ArrayList<Token>();
    for (var word : said) {
      if (word.end() <= from || word.start() >= to) {
        continue;
      }
      var whole = word.start() >= from && word.end() <= to;
      if (!whole && random.nextInt(3) == 0) {
        continue;
      }
      var half = 1 + random.nextInt(word.text().length());
      var text =
          whole
              ? word.text()
              : word.start() < from
                  ? word.text().substring(half - 1)
                  : word.text().substring(0, half);
      var start = Math.max(0, Math.max(from, word.start()) - from + blur(random));
      var end = Math.max(start, Math.min(to, word.end()) - from + blur(random));
      var token = Hypothesis.of(text).tokens().getFirst();
      heard.add(
          timed
              ? token.withTimed(List.of(new Word(text, start, end, OptionalDouble.empty(), "")))
              : token);
    }
    return heard;
  }

  private static double blur(Random random) {
    return (random.nextDouble() - 0.5) * 0.06;
  }

  /** Cuts anywhere, each clip but the first sharing the last seconds of the one before. */
  private static String joined(List<Said> said, boolean timed, Random random) {
    var end = said.getLast().end();
    var told = new ArrayList<String>();
    var from = 0.0;
    Seam seam = null;
    List<Token> dropped = List.of();
    var last = Double.NEGATIVE_INFINITY;
    while (true) {
      var to = from + 6 + random.nextDouble() * 20;
      var over = to >= end;
      to = over ? end + 0.1 : to;
      var tokens = hear(said, from, to, timed, random);
      var skipped = 0;
      if (seam != null) {
        var place = seam.place(Placed.fromTheStart(tokens, from, to));
        dropped.subList(0, place.recovered()).forEach(token -> told.add(token.core()));
        skipped = place.skipped();
      }
      var words = Placed.toTheEnd(tokens, from, to);
      var stay = over ? tokens.size() : Math.max(skipped, Seam.kept(words, to - SHARED, to));
      tokens.subList(skipped, stay).forEach(token -> told.add(token.core()));
      if (over) {
        return String.join(" ", told);
      }
      seam = new Seam(words.part(0, stay), words.part(stay, tokens.size()), to - SHARED, to);
      assertThat(seam.middle()).isGreaterThan(last);
      last = seam.middle();
      dropped = tokens.subList(stay, tokens.size());
      from = to - SHARED;
    }
  }

  private static String text(List<Said> said) {
    return said.stream().map(Said::text).collect(Collectors.joining(" "));
  }

  /**
   * The same few words again and again: their times tell them apart. A word may take as long as
   * half of what is shared.
   */
  @Property(tries = 2000)
  void noWordIsLostOrDoubledOrSplitWhereTimesAreTold(@ForAll Random random) {
    var few = List.of("so", "no", "light", "understand", "under", "stand", "a", "seven");
    var words = IntStream.range(0, 150).mapToObj(_ -> few.get(random.nextInt(few.size())));
    var said = talk(random, words.toList(), 0.05 + random.nextDouble() * 0.02);
    assertThat(joined(said, true, random)).isEqualTo(text(said));
  }

  /** Without times, words that are not all the same tell where they are. */
  @Property(tries = 2000)
  void noWordIsLostOrDoubledOrSplitWhereNothingButTextIsTold(@ForAll Random random) {
    var vocabulary = new ArrayList<>(IntStream.range(0, 120).mapToObj(SeamTest::name).toList());
    Collections.shuffle(vocabulary, random);
    var said = talk(random, vocabulary, 0.05 + random.nextDouble() * 0.04);
    assertThat(joined(said, false, random)).isEqualTo(text(said));
  }

  /**
   * A word for a number, of one to three syllables. What is left of one that was cut is no other
   * word: nothing but its time could tell such a piece from that word.
   */
  private static String name(int number) {
    var syllable = "ba ke di fo gu la me ni po ru".split(" ", -1);
    var name = new StringBuilder("s").append(syllable[number % 10]);
    for (var rest = number / 10; rest > 0; rest /= 10) {
      name.append(syllable[rest % 10]);
    }
    return name.append('t').toString();
  }
}
