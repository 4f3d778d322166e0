package dev.parley.hub.media.model;

import dev.parley.core.time.Clock;
import dev.parley.hub.media.model.ModelFetchException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One file on its way from its address into a part file beside its place. What a broken try has
 * brought is kept, by the next try or the next process: the rest is asked for with {@code Range}
 * (RFC 9110, section 14), under the condition that the file is still the same where the server gave
 * it a strong tag ({@code If-Range}). A server that sends the whole file instead is fine, too. The
 * hash decides in the end.
 */
final class Download {

  private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /** How a try ended. */
  private sealed interface End {

    record Done() implements End {}

    /** The next try may do better. */
    record Broken(String why, Kind kind) implements End {}

    /** No other try will. */
    record Refused(String why, Kind kind) implements End {}
  }

  private final HttpClient client;
  private final FetchPatience patience;
  private final Clock clock;
  private final ModelFile file;
  private final Path part;
  private final Path tag;
  private final FetchProgress progress;
  private final long deadline;

  Download(
      HttpClient client,
      FetchPatience patience,
      Clock clock,
      ModelFile file,
      Path place,
      FetchProgress progress) {
    this.client = client;
    this.patience = patience;
    this.clock = clock;
    this.file = file;
    this.part = place.resolveSibling(place.getFileName() + ".part");
    this.tag = place.resolveSibling(place.getFileName() + ".part.tag");
    this.progress = progress;
    this.deadline = clock.nanoTime() + patience.total().toNanos();
  }

  /** Brings the whole file and leaves it in the part file, checked. */
  Path run() throws ModelFetchException, IOException, InterruptedException {
    for (int tried = 1; ; tried++) {
      End end = isComplete() ? new End.Done() : attempt();
      if (end instanceof End.Done) {
        end = checked();
      }
      switch (end) {
        case End.Done() -> {
          progress.at(file, file.bytes());
          return part;
        }
        case End.Refused(String why, Kind kind) -> throw new ModelFetchException(kind, why);
        case End.Broken(String why, Kind kind) -> {
          long wait = patience.backoff(tried).toNanos();
          boolean late = clock.nanoTime() + wait - deadline > 0;
          if (tried >= tries(kind) || late) {
            throw new ModelFetchException(kind, why);
          }
          TimeUnit.NANOSECONDS.sleep(wait);
        }
      }
    }
  }

  /**
   * A network that is closed stays so, and a file that was replaced, too; a second look is for a
   * network that was just coming up and for leftovers of an earlier download.
   */
  private int tries(Kind kind) {
    return switch (kind) {
      case UNREACHABLE, WRONG_CONTENT -> Math.min(2, patience.tries());
      case REFUSED, FOLDER -> patience.tries();
    };
  }

  private boolean isComplete() throws IOException {
    return Files.exists(part) && Files.size(part) == file.bytes();
  }

  /** Whether what has come is the file; if not, nothing of it is used again. */
  private End checked() throws IOException {
    Optional<String> fault = ModelFolder.fault(file, part, Files.readAllBytes(part));
    if (fault.isEmpty()) {
      Files.deleteIfExists(tag);
      return new End.Done();
    }
    drop();
    return new End.Broken("the server sent another file: " + fault.get(), Kind.WRONG_CONTENT);
  }

  private void drop() throws IOException {
    Files.deleteIfExists(part);
    Files.deleteIfExists(tag);
  }

  private End attempt() throws IOException, InterruptedException {
    if (!Files.exists(part)) {
      Files.deleteIfExists(tag);
    }
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (channel.size() > file.bytes()) {
        channel.truncate(0);
      }
      PartAnswer answer = new PartAnswer(file, channel, channel.size(), tag);
      CompletableFuture<HttpResponse<Long>> response =
          client.sendAsync(request(channel.size()), answer);
      End end = await(response, answer);
      if (end instanceof End.Done) {
        channel.force(true);
      }
      return end;
    } finally {
      if (Files.exists(part) && Files.size(part) == 0) {
        drop();
      }
    }
  }

  private HttpRequest request(long from) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(file.address());
    if (from > 0) {
      request.setHeader("range", "bytes=" + from + "-");
      Optional<String> known = tag();
      known.ifPresent(text -> request.setHeader("if-range", text));
    }
    return request.build();
  }

  private Optional<String> tag() throws IOException {
    if (!Files.exists(tag)) {
      return Optional.empty();
    }
    String text = Files.readString(tag, StandardCharsets.ISO_8859_1);
    return Optional.of(text).filter(PartAnswer::isStrongTag);
  }

  /** Waits for the end and tells how far it is; ends it when nothing comes any more. */
  private End await(CompletableFuture<HttpResponse<Long>> response, PartAnswer answer)
      throws InterruptedException {
    long stall = patience.stall().toNanos();
    long seen = answer.bytes();
    long seenAt = clock.nanoTime();
    try {
      while (true) {
        try {
          HttpResponse<Long> head =
              response.get(Math.min(PROGRESS_NANOS, stall / 2 + 1), TimeUnit.NANOSECONDS);
          return judged(head, answer);
        } catch (TimeoutException e) {
          long now = clock.nanoTime();
          if (answer.bytes() != seen) {
            seen = answer.bytes();
            seenAt = now;
            progress.at(file, seen);
          }
          if (now - seenAt > stall) {
            return new End.Broken("nothing came for " + patience.stall(), Kind.REFUSED);
          }
          if (now - deadline > 0) {
            return new End.Broken("it takes longer than " + patience.total(), Kind.REFUSED);
          }
        }
      }
    } catch (ExecutionException e) {
      return failed(e.getCause() == null ? e : e.getCause());
    } finally {
      response.cancel(true);
    }
  }

  private End judged(HttpResponse<Long> head, PartAnswer answer) {
    int status = head.statusCode();
    return switch (status) {
      case 200, 206 -> {
        Optional<String> other = answer.other();
        if (other.isPresent()) {
          yield new End.Broken(other.get(), Kind.WRONG_CONTENT);
        }
        yield answer.bytes() == file.bytes()
            ? new End.Done()
            : new End.Broken(
                "the download ended after " + answer.bytes() + " of " + file.bytes() + " bytes",
                Kind.REFUSED);
      }
      case 301, 302, 303, 307, 308 ->
          new End.Refused(
              "it answers with a redirection to a place that is not followed (to http, or too"
                  + " many)",
              Kind.REFUSED);
      case 408, 416, 425, 429, 500, 502, 503, 504 ->
          new End.Broken("it answers with status " + status, Kind.REFUSED);
      default -> new End.Refused("it answers with status " + status, Kind.REFUSED);
    };
  }

  private End failed(Throwable cause) {
    for (Throwable each = cause; each != null; each = each.getCause()) {
      switch (each) {
        case PartBody.TooLongException _ -> {
          return longer();
        }
        case PartBody.DiskException disk -> {
          return new End.Refused("it cannot be written: " + disk.getMessage(), Kind.FOLDER);
        }
        case ConnectException _ -> {
          return new End.Broken("no connection to " + host(file.address()), Kind.UNREACHABLE);
        }
        case HttpConnectTimeoutException _ -> {
          return new End.Broken("no connection to " + host(file.address()), Kind.UNREACHABLE);
        }
        default -> {}
      }
    }
    return new End.Broken("the download broke off: " + cause, Kind.REFUSED);
  }

  private End longer() {
    return new End.Refused(
        "it sends more than the " + file.bytes() + " bytes that the file has", Kind.WRONG_CONTENT);
  }

  private static String host(URI address) {
    return String.valueOf(address.getHost());
  }
}
