package dev.parley.hub.edge.openai;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import dev.parley.core.json.JsonValue;
import dev.parley.core.model.DocumentEvent;
import dev.parley.hub.edge.http.Answer;
import dev.parley.hub.telemetry.CallRecord;
import java.util.Map;
import java.util.concurrent.Flow;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Turns the events of a call that does not stream into one HTTP answer. */
final class WholeRelay implements Flow.Subscriber<DocumentEvent> {

  private final CallRecord record;
  private final UnaryOperator<JsonValue> finish;
  private final Answer answer;
  private Map<String, String> upstream = Map.of();
  private @Nullable JsonValue body;

  WholeRelay(CallRecord record, UnaryOperator<JsonValue> finish, Answer answer) {
    this.record = record;
    this.finish = finish;
    this.answer = answer;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    answer.started(subscription);
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(DocumentEvent event) {
    switch (event) {
      case DocumentEvent.Opened(var headers) -> upstream = headers;
      case DocumentEvent.Whole whole -> body = whole.body();
      case DocumentEvent.Chunks _ ->
          throw new IllegalStateException("deltas in the answer of a call that does not stream");
    }
  }

  @Override
  public void onError(Throwable failure) {
    answer.failed(failure);
  }

  @Override
  public void onComplete() {
    if (body == null) {
      answer.failed(new IllegalStateException("an answer without a body"));
      return;
    }
    JsonValue last;
    try {
      last = finish.apply(body);
    } catch (RuntimeException e) {
      answer.failed(e);
      return;
    }
    answer.ready(
        HttpResponse.of(
            AnswerHead.json(record, upstream).build(),
            HttpData.wrap(last.source(), last.start(), last.length())));
    answer.over();
  }
}
