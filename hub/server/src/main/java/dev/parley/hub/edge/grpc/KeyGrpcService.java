package dev.parley.hub.edge.grpc;

import com.linecorp.armeria.server.ServiceRequestContext;
import dev.parley.hub.access.Keys;
import dev.parley.hub.access.NewSecret;
import dev.parley.hub.config.KeyConfig;
import dev.parley.proto.admin.v1.CreateKeyRequest;
import dev.parley.proto.admin.v1.CreateKeyResponse;
import dev.parley.proto.admin.v1.GetKeyRequest;
import dev.parley.proto.admin.v1.Key;
import dev.parley.proto.admin.v1.KeyServiceGrpc;
import dev.parley.proto.admin.v1.ListKeysRequest;
import dev.parley.proto.admin.v1.ListKeysResponse;
import dev.parley.proto.admin.v1.RevokeKeyRequest;
import dev.parley.proto.admin.v1.RotateKeyRequest;
import dev.parley.proto.admin.v1.RotateKeyResponse;
import dev.parley.proto.admin.v1.UpdateKeyRequest;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Makes, changes and withdraws keys. Runs on event loops and never waits. */
final class KeyGrpcService extends KeyServiceGrpc.KeyServiceImplBase {

  private static final int TOKEN_CHARS_MAX = 256;

  private final Keys keys;
  private final CallFailures failures;

  KeyGrpcService(Keys keys, CallFailures failures) {
    this.keys = keys;
    this.failures = failures;
  }

  @Override
  public void createKey(CreateKeyRequest request, StreamObserver<CreateKeyResponse> caller) {
    TranscodedAnswers.created(ServiceRequestContext.current());
    answer(
        caller,
        () ->
            keys.create(KeyMessages.config(request.getKey()))
                .thenApply(made ->
                    CreateKeyResponse.newBuilder()
                        .setKey(KeyMessages.message(made.key()))
                        .setSecret(made.secret().value())
                        .build()));
  }

  @Override
  public void listKeys(ListKeysRequest request, StreamObserver<ListKeysResponse> caller) {
    int size = request.getPageSize() == 0 ? Keys.PAGE_MAX : request.getPageSize();
    answer(
        caller,
        () ->
            keys.list(name(request.getPageToken()), size)
                .thenApply(page ->
                    ListKeysResponse.newBuilder()
                        .addAllKeys(page.keys().stream().map(KeyMessages::message).toList())
                        .setNextPageToken(token(page.next()))
                        .build()));
  }

  @Override
  public void getKey(GetKeyRequest request, StreamObserver<Key> caller) {
    answer(caller, () -> keys.get(request.getName()).thenApply(KeyMessages::message));
  }

  @Override
  public void updateKey(UpdateKeyRequest request, StreamObserver<Key> caller) {
    answer(
        caller,
        () -> {
          KeyConfig config = KeyMessages.config(request.getKey());
          return keys.update(config, request.getKey().getEtag()).thenApply(KeyMessages::message);
        });
  }

  @Override
  public void rotateKey(RotateKeyRequest request, StreamObserver<RotateKeyResponse> caller) {
    Duration overlap =
        request.hasOverlapSeconds()
            ? Duration.ofSeconds(request.getOverlapSeconds())
            : Keys.OVERLAP_DEFAULT;
    answer(
        caller, () -> keys.rotate(request.getName(), overlap).thenApply(KeyGrpcService::rotated));
  }

  private static RotateKeyResponse rotated(NewSecret made) {
    return RotateKeyResponse.newBuilder()
        .setKey(KeyMessages.message(made.key()))
        .setSecret(made.secret().value())
        .build();
  }

  @Override
  public void revokeKey(RevokeKeyRequest request, StreamObserver<Key> caller) {
    answer(caller, () -> keys.revoke(request.getName()).thenApply(KeyMessages::message));
  }

  private static String token(String name) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(name.getBytes(StandardCharsets.UTF_8));
  }

  private static String name(String token) {
    try {
      if (token.length() <= TOKEN_CHARS_MAX) {
        byte[] bytes = Base64.getUrlDecoder().decode(token);
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      }
    } catch (IllegalArgumentException | CharacterCodingException _) {
      // Refused below, like one that is too long.
    }
    throw KeyMessages.invalid("page_token", "not a token of this hub", "next_page_token of a page");
  }

  private <T> void answer(StreamObserver<T> caller, Supplier<CompletableFuture<T>> work) {
    ServiceRequestContext ctx = ServiceRequestContext.current();
    CompletableFuture<T> working;
    try {
      working = work.get();
    } catch (RuntimeException e) {
      caller.onError(failures.status(ctx, e));
      return;
    }
    var _ =
        working.whenCompleteAsync(
            (message, failure) -> {
              if (failure != null) {
                caller.onError(failures.status(ctx, failure));
              } else {
                caller.onNext(message);
                caller.onCompleted();
              }
            },
            ctx.eventLoop().withoutContext());
  }
}
