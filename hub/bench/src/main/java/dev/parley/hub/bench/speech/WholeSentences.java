package dev.parley.hub.bench.speech;

import dev.parley.hub.bench.sheet.Findings;
import dev.parley.hub.bench.sheet.Goal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A text of several sentences through a server that gives each sentence whole, after the same time:
 * how soon there is something to hear, and how much longer all of it takes than the server is busy.
 */
final class WholeSentences {

  private static final double FIRST_MAX = 1.1;
  private static final double TOTAL_MAX = 1.05;
  private static final int SENTENCES = 10;
  private static final int SENTENCES_QUICK = 3;
  private static final int SHARING = 4;

  private final Stage stage;
  private final SpeechOptions options;
  private final int sentences;
  private final String text;
  private long failed;

  WholeSentences(Stage stage, SpeechOptions options) {
    this.stage = stage;
    this.options = options;
    this.sentences = options.quick() ? SENTENCES_QUICK : SENTENCES;
    // As long as one another, and without a clause to cut at.
    this.text =
        IntStream.range(0, sentences)
            .mapToObj(i -> "Every sentence here is as long as number " + (char) ('a' + i) + "x.")
            .collect(Collectors.joining(" "));
  }

  long failed() {
    return failed;
  }

  /** All at once, each with a server of its own: they wait most of the time. */
  void round(Findings found) {
    List<Caller> callers = new ArrayList<>();
    try {
      List<Caller.Call> alone = new ArrayList<>();
      for (int concurrency : SpeechConfig.CONCURRENCIES) {
        alone.add(begin(callers, SpeechConfig.whole(concurrency)));
      }
      List<Caller.Call> sharing = new ArrayList<>();
      for (int i = 0; i < SHARING; i++) {
        sharing.add(begin(callers, SpeechConfig.shared()));
      }
      for (int i = 0; i < alone.size(); i++) {
        tell(SpeechConfig.CONCURRENCIES.get(i), List.of(alone.get(i)), found);
      }
      tell(SpeechConfig.SHARED_CONCURRENCY, sharing, found);
    } finally {
      callers.forEach(Caller::close);
    }
  }

  private Caller.Call begin(List<Caller> callers, String model) {
    Caller caller = stage.caller(Way.PCM);
    callers.add(caller);
    return caller.speak(model, text);
  }

  private void tell(int concurrency, List<Caller.Call> calls, Findings found) {
    Cell cell = new Cell(calls.stream().map(call -> List.of(Stage.await(call.end()))).toList());
    failed += cell.failed();
    double sentence = options.sentence().toMillis();
    // Nobody is faster than the last of the turns in which the server takes all sentences.
    double least = Math.ceilDiv(sentences * calls.size(), concurrency) * sentence;
    String section =
        "%d sentences of %.0f ms, the server makes %d at a time, callers: %d"
            .formatted(sentences, sentence, concurrency, calls.size());
    if (calls.size() == 1) {
      Goal first = Goal.atMost(section, "first sound / one sentence", "", FIRST_MAX, Double.NaN);
      found.add(first, cell.first(0.5) / sentence);
    } else {
      found.add(Goal.told(section, "first sound, soonest caller", "ms"), cell.first(0));
      found.add(Goal.told(section, "first sound, last caller", "ms"), cell.first(1));
    }
    Goal total = Goal.atMost(section, "total / least possible", "", TOTAL_MAX, Double.NaN);
    found.add(total, cell.longestMillis() / least);
    Goal millis = Goal.told(section, "total", "ms");
    found.add(millis, cell.longestMillis());
    found.beside(millis, "least possible", least);
  }
}
