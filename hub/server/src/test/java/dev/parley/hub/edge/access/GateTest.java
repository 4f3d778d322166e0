package dev.parley.hub.edge.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.linecorp.armeria.client.BlockingWebClient;
import com.linecorp.armeria.client.grpc.GrpcClients;
import com.linecorp.armeria.common.AggregatedHttpResponse;
import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.HttpResponse;
import com.linecorp.armeria.common.RequestHeaders;
import com.linecorp.armeria.server.ServerBuilder;
import com.linecorp.armeria.server.grpc.GrpcService;
import com.linecorp.armeria.testing.junit5.server.ServerExtension;
import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.model.Caller;
import dev.parley.core.time.Clock;
import dev.parley.hub.access.Keys;
import dev.parley.hub.config.AccessConfig;
import dev.parley.hub.config.KeyConfig;
import dev.parley.hub.config.QuotasConfig;
import dev.parley.hub.config.Secret;
import dev.parley.hub.config.StaticKeyConfig;
import dev.parley.hub.limits.Demand;
import dev.parley.hub.limits.Entry;
import dev.parley.hub.limits.Left;
import dev.parley.hub.limits.Limits;
import dev.parley.hub.limits.Reservation;
import dev.parley.hub.limits.Standing;
import dev.parley.proto.v1.ListModelsRequest;
import dev.parley.proto.v1.ListModelsResponse;
import dev.parley.proto.v1.ModelServiceGrpc;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What limits do at the gate, whether they answer at once or later. */
class GateTest {

  private static final AtomicInteger INSIDE = new AtomicInteger();
  private static final AtomicReference<Caller> ENTERED = new AtomicReference<>(Caller.ANYONE);
  private static final AtomicReference<Optional<HubError>> REFUSAL =
      new AtomicReference<>(Optional.empty());
  private static final AtomicReference<Boolean> LATER = new AtomicReference<>(false);

  private static final Limits LIMITS =
      new Limits() {
        @Override
        public CompletableFuture<Entry> enter(Caller caller) {
          ENTERED.set(caller);
          CompletableFuture<Entry> entering = new CompletableFuture<>();
          Runnable answer =
              () ->
                  Objects.requireNonNull(REFUSAL.get())
                      .ifPresentOrElse(
                          error -> entering.completeExceptionally(new HubException(error)),
                          () -> {
                            INSIDE.incrementAndGet();
                            entering.complete(entry());
                          });
          if (Boolean.TRUE.equals(LATER.get())) {
            Thread.startVirtualThread(answer);
          } else {
            answer.run();
          }
          return entering;
        }

        @Override
        public Standing standing(Caller caller) {
          return entry().standing();
        }

        @Override
        public CompletableFuture<Reservation> reserve(Caller caller, Demand demand) {
          return CompletableFuture.completedFuture(_ -> {});
        }

        @Override
        public CompletableFuture<List<Left>> left(Caller caller) {
          return CompletableFuture.completedFuture(List.of());
        }
      };

  private static Entry entry() {
    return new Entry() {
      @Override
      public Standing standing() {
        return new Standing(
            Optional.of(new Standing.Level(600, 599, Duration.ofMillis(100))),
            Optional.of(new Standing.Level(1_000_000, 999_000, Duration.ofMinutes(6))));
      }

      @Override
      public void leave() {
        INSIDE.decrementAndGet();
      }
    };
  }

  @RegisterExtension
  static final ServerExtension SERVER =
      new ServerExtension() {
        @Override
        protected void configure(ServerBuilder server) {
          Keys keys =
              Keys.open(
                  AccessConfig.DEFAULT.withKeys(
                      List.of(
                          new StaticKeyConfig(
                              KeyConfig.named("lab"),
                              new Secret("sk-lab"),
                              StaticKeyConfig.Source.CONFIGURATION))),
                  Optional.empty(),
                  Path.of("nowhere"),
                  Clock.system(),
                  new SecureRandom());
          server.service("/hi", (_, _) -> HttpResponse.of("hi"));
          server.service(
              GrpcService.builder()
                  .addService(
                      new ModelServiceGrpc.ModelServiceImplBase() {
                        @Override
                        public void listModels(
                            ListModelsRequest request, StreamObserver<ListModelsResponse> caller) {
                          caller.onNext(ListModelsResponse.getDefaultInstance());
                          caller.onCompleted();
                        }
                      })
                  .build());
          server.decorator(
              new Gate(new Gate.Parts(keys, true, LIMITS, QuotasConfig.DEFAULT, Clock.system())));
        }
      };

  @BeforeEach
  void letIn() {
    REFUSAL.set(Optional.empty());
    LATER.set(false);
  }

  private static AggregatedHttpResponse hi() {
    return BlockingWebClient.of(SERVER.httpUri())
        .execute(RequestHeaders.of(HttpMethod.GET, "/hi", "x-api-key", "sk-lab"));
  }

  private static void untilNobodyIsInside() {
    long start = System.nanoTime();
    while (INSIDE.get() > 0) {
      assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(5).toNanos());
      LockSupport.parkNanos(100_000);
    }
    assertThat(INSIDE.get()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void tellsHowMuchIsLeftAndLeaves(boolean later) {
    LATER.set(later);
    AggregatedHttpResponse answer = hi();
    assertThat(answer.contentUtf8()).isEqualTo("hi");
    assertThat(Objects.requireNonNull(ENTERED.get()).key()).isEqualTo("lab");
    assertThat(answer.headers().get("x-ratelimit-limit-requests")).isEqualTo("600");
    assertThat(answer.headers().get("x-ratelimit-remaining-requests")).isEqualTo("599");
    assertThat(answer.headers().get("x-ratelimit-reset-requests")).isEqualTo("100ms");
    assertThat(answer.headers().get("x-ratelimit-limit-tokens")).isEqualTo("1000000");
    assertThat(answer.headers().get("x-ratelimit-reset-tokens")).isEqualTo("6m0s");
    untilNobodyIsInside();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesAsTheLimitsSay(boolean later) {
    LATER.set(later);
    REFUSAL.set(Optional.of(new HubError.RateLimited("key lab", "600/60s", Duration.ofSeconds(2))));
    AggregatedHttpResponse answer = hi();
    assertThat(answer.status().code()).isEqualTo(429);
    assertThat(answer.headers().get("retry-after")).isEqualTo("2");
    assertThat(answer.headers().get("x-ratelimit-remaining-requests")).isEqualTo("599");
    assertThat(answer.contentUtf8()).contains("rate_limit_exceeded");
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> stub().listModels(ListModelsRequest.getDefaultInstance()));
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(INSIDE.get()).isZero();
  }

  @Test
  void grpcCallersAreToldInMetadata() {
    AtomicReference<Metadata> headers = new AtomicReference<>();
    ListModelsResponse answer =
        stub()
            .withInterceptors(
                MetadataUtils.newCaptureMetadataInterceptor(headers, new AtomicReference<>()))
            .listModels(ListModelsRequest.getDefaultInstance());
    assertThat(answer).isNotNull();
    assertThat(
            Objects.requireNonNull(headers.get())
                .get(
                    Metadata.Key.of(
                        "x-ratelimit-remaining-requests", Metadata.ASCII_STRING_MARSHALLER)))
        .isEqualTo("599");
    untilNobodyIsInside();
  }

  private static ModelServiceGrpc.ModelServiceBlockingStub stub() {
    return GrpcClients.builder("gproto+" + SERVER.httpUri())
        .addHeader("x-api-key", "sk-lab")
        .build(ModelServiceGrpc.ModelServiceBlockingStub.class);
  }
}
