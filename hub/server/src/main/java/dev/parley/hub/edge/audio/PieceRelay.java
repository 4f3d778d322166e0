package dev.parley.hub.edge.audio;

import com.linecorp.armeria.common.HttpData;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.HttpResponseWriter;
import com.linecorp.armeria.common.ResponseHeaders;
import dev.parley.hub.edge.http.IdleLimit;
import dev.parley.hub.media.Piece;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Sends pieces of sound as the body of one answer. Nothing is sent before there is a first piece,
 * so what fails until then is told as any error is; what fails later breaks the body off, so that
 * it cannot pass for complete. A piece is asked for when the one before has left.
 */
final class PieceRelay implements Flow.Subscriber<Piece> {

  private final SoundAnswer answer;
  private final ResponseHeaders head;
  private Flow.@Nullable Subscription subscription;
  private final IdleLimit unread;
  private @Nullable HttpResponseWriter body;

  PieceRelay(SoundAnswer answer, ResponseHeaders head) {
    this.answer = answer;
    this.head = head;
    this.unread =
        new IdleLimit(answer.ctx().eventLoop().withoutContext(), IdleLimit.DEFAULT, this::failed);
    answer.atTheEnd(unread::end);
  }

  @Override
  public void onSubscribe(Flow.Subscription next) {
    subscription = next;
    answer.atTheEnd(next::cancel);
    if (!answer.isOver()) {
      next.request(1);
    }
  }

  @Override
  public void onNext(Piece piece) {
    answer.ctx().eventLoop().execute(() -> send(piece));
  }

  private void send(Piece piece) {
    if (answer.isOver()) {
      return;
    }
    HttpResponseWriter open = opened();
    answer.noted().bytes(piece.data().length);
    open.write(HttpData.wrap(piece.data()));
    // Somebody who does not read holds a place that others wait for.
    unread.begin();
    var _ =
        open.whenConsumed()
            .thenRun(() -> {
              unread.end();
              Flow.Subscription upstream = subscription;
              if (upstream != null && !answer.isOver()) {
                upstream.request(1);
              }
            });
  }

  private HttpResponseWriter opened() {
    HttpResponseWriter open = body;
    if (open == null) {
      open = HttpResponse.streaming();
      open.write(head);
      body = open;
      answer.begins(open);
      var _ =
          open.whenComplete()
              .exceptionally(_ -> {
                answer.ctx().eventLoop().execute(answer::left);
                return null;
              });
    }
    return open;
  }

  @Override
  public void onError(Throwable failure) {
    answer.ctx().eventLoop().execute(() -> failed(failure));
  }

  private void failed(Throwable failure) {
    if (body == null) {
      answer.failed(failure);
    } else {
      body.close(failure);
      answer.brokeOff(failure);
    }
  }

  @Override
  public void onComplete() {
    answer
        .ctx()
        .eventLoop()
        .execute(() -> {
          if (!answer.isOver()) {
            opened().close();
            answer.end();
          }
        });
  }
}
