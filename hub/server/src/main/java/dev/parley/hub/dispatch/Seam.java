package dev.parley.hub.dispatch;

import dev.parley.core.json.Json;
import dev.parley.core.json.JsonEdit;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.Chunk;
import dev.parley.core.model.DocumentEvent;
import dev.parley.core.model.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Joins the rest of an answer to what the caller has of it: the new stream's head and role are left
 * out, its chunks get the id and time of the first ones, and tokens that the second backend read as
 * prompt count as what they are. Runs on the caller's event loop.
 */
final class Seam implements Flow.Publisher<DocumentEvent> {

  private final Flow.Publisher<DocumentEvent> rest;
  private final AnswerSoFar soFar;

  Seam(Flow.Publisher<DocumentEvent> rest, AnswerSoFar soFar) {
    this.rest = rest;
    this.soFar = soFar;
  }

  @Override
  public void subscribe(Flow.Subscriber<? super DocumentEvent> subscriber) {
    rest.subscribe(new Joined(subscriber, soFar.tokens()));
  }

  private final class Joined implements Flow.Subscriber<DocumentEvent> {

    private final Flow.Subscriber<? super DocumentEvent> subscriber;
    private final long tokensBefore;
    private Flow.@Nullable Subscription upstream;

    Joined(Flow.Subscriber<? super DocumentEvent> subscriber, long tokensBefore) {
      this.subscriber = subscriber;
      this.tokensBefore = tokensBefore;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      upstream = subscription;
      subscriber.onSubscribe(subscription);
    }

    @Override
    public void onNext(DocumentEvent event) {
      List<Chunk> joined =
          event instanceof DocumentEvent.Chunks(var chunks) ? join(chunks) : List.of();
      if (!joined.isEmpty()) {
        DocumentEvent next = new DocumentEvent.Chunks(joined);
        soFar.add(next);
        subscriber.onNext(next);
      } else if (upstream != null) {
        upstream.request(1);
      }
    }

    private List<Chunk> join(List<Chunk> chunks) {
      List<Chunk> joined = new ArrayList<>(chunks.size());
      for (Chunk chunk : chunks) {
        if (chunk.kind() != Chunk.Kind.EMPTY) {
          joined.add(join(chunk));
        }
      }
      return joined;
    }

    private Chunk join(Chunk chunk) {
      JsonEdit edit = JsonEdit.of(chunk.json().object());
      JsonValue id = soFar.id();
      JsonValue created = soFar.created();
      if (id != null) {
        edit.set("id", id);
      }
      if (created != null) {
        edit.set("created", created);
      }
      TokenUsage usage = chunk.usage();
      if (usage == null) {
        return new Chunk(edit.apply(), chunk.kind(), null);
      }
      TokenUsage whole = whole(usage);
      JsonValue counted = chunk.json().get("usage");
      if (counted != null && counted.isObject()) {
        edit.set("usage", spelled(counted, whole));
      }
      return new Chunk(edit.apply(), chunk.kind(), whole);
    }

    /** The total is right as it is: the second backend read what the first one wrote. */
    private TokenUsage whole(TokenUsage rest) {
      long moved = Math.clamp(rest.prompt(), 0, tokensBefore);
      boolean known = rest.prompt() >= 0 && rest.completion() >= 0;
      return known
          ? new TokenUsage(
              rest.prompt() - moved,
              rest.completion() + moved,
              rest.total(),
              rest.cached(),
              rest.reasoning(),
              rest.audioIn(),
              rest.audioOut())
          : rest;
    }

    private static JsonValue spelled(JsonValue counted, TokenUsage whole) {
      JsonEdit edit = JsonEdit.of(counted.object());
      if (counted.get("prompt_tokens") != null && whole.prompt() >= 0) {
        edit.set("prompt_tokens", Json.ofNumber(whole.prompt()));
      }
      if (counted.get("completion_tokens") != null && whole.completion() >= 0) {
        edit.set("completion_tokens", Json.ofNumber(whole.completion()));
      }
      return edit.apply();
    }

    @Override
    public void onError(Throwable failure) {
      subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
      subscriber.onComplete();
    }
  }
}
