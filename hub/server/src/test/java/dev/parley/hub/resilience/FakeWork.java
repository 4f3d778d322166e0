package dev.parley.hub.resilience;

import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.Target;
import dev.parley.hub.fake.ScriptedAnswer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Flow;

/** Work whose every attempt is an answer in the test's hands. */
final class FakeWork implements Work<DocumentEvent> {

  private final Map<String, List<ScriptedAnswer>> attempts = new HashMap<>();
  private final Set<String> resumable = new HashSet<>();
  private final List<String> order = new ArrayList<>();
  private Repeatable repeatable = Repeatable.FREELY;

  void is(Repeatable how) {
    repeatable = how;
  }

  void canResumeOn(String... backends) {
    resumable.addAll(List.of(backends));
  }

  /** Backends in the order in which they were called. */
  List<String> order() {
    return List.copyOf(order);
  }

  int attempts(String backend) {
    return attempts.getOrDefault(backend, List.of()).size();
  }

  /** The latest attempt on a backend. */
  ScriptedAnswer on(String backend) {
    List<ScriptedAnswer> made = attempts.getOrDefault(backend, List.of());
    if (made.isEmpty()) {
      throw new AssertionError("never called: " + backend + "; called were " + order);
    }
    return made.getLast();
  }

  @Override
  public Flow.Publisher<DocumentEvent> attempt(Target target) {
    return made(target);
  }

  private ScriptedAnswer made(Target target) {
    ScriptedAnswer answer = new ScriptedAnswer();
    order.add(target.backend());
    attempts.computeIfAbsent(target.backend(), _ -> new ArrayList<>()).add(answer);
    return answer;
  }

  @Override
  public Progress progress(DocumentEvent event) {
    return switch (event) {
      case DocumentEvent.Opened _ -> Progress.HEAD;
      case DocumentEvent.Whole _ -> Progress.LAST;
      case DocumentEvent.Chunks(var chunks) ->
          chunks.stream().anyMatch(c -> c.kind() == Chunk.Kind.FINISH)
              ? Progress.LAST
              : chunks.stream().anyMatch(c -> c.kind() == Chunk.Kind.CONTENT)
                  ? Progress.OUTPUT
                  : Progress.NOTHING;
    };
  }

  @Override
  public Repeatable repeatable() {
    return repeatable;
  }

  @Override
  public Optional<Flow.Publisher<DocumentEvent>> resume(Target target) {
    return resumable.contains(target.backend())
        ? Optional.of(subscriber -> made(target).subscribe(subscriber))
        : Optional.empty();
  }
}
