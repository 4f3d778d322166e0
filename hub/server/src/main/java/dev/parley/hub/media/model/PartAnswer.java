package dev.parley.hub.media.model;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the head of an answer and decides where in the part file its body belongs: at the begin,
 * behind what is there, or nowhere. Bodies that belong nowhere are not read.
 */
final class PartAnswer implements HttpResponse.BodyHandler<Long> {

  private static final Logger log = LoggerFactory.getLogger(PartAnswer.class);
  private static final Pattern CONTENT_RANGE =
      Pattern.compile("bytes ([0-9]{1,12})-[0-9]{1,12}/([0-9]{1,12}|\\*)");
  private static final int TAG_CHARS_MAX = 256;

  private final ModelFile file;
  private final FileChannel part;
  private final long kept;
  private final Path tag;
  private volatile @Nullable PartBody body;
  private volatile String other = "";

  /**
   * @param kept how many bytes of the part file the request left out
   * @param tag where to note which version of the file the part is of
   */
  PartAnswer(ModelFile file, FileChannel part, long kept, Path tag) {
    this.file = file;
    this.part = part;
    this.kept = kept;
    this.tag = tag;
  }

  /** How many bytes the part file holds by now. */
  long bytes() {
    PartBody writing = body;
    return writing == null ? kept : writing.bytes();
  }

  /** Why the answer is not about the file, if it is not. */
  Optional<String> other() {
    return Optional.of(other).filter(why -> !why.isEmpty());
  }

  static boolean isStrongTag(String text) {
    return text.length() <= TAG_CHARS_MAX && text.matches("\"[\\x21\\x23-\\x7e]*\"");
  }

  @Override
  public BodySubscriber<Long> apply(ResponseInfo head) {
    return switch (head.statusCode()) {
      case 200 -> whole(head);
      case 206 -> rest(head);
      case 416 -> nothing("");
      default -> new Unread();
    };
  }

  private BodySubscriber<Long> whole(ResponseInfo head) {
    OptionalLong length = head.headers().firstValueAsLong("content-length");
    if (length.isPresent() && length.getAsLong() != file.bytes()) {
      return nothing(
          "it has "
              + length.getAsLong()
              + " bytes there (expected: "
              + file.bytes()
              + ", so it is another file)");
    }
    note(head.headers().firstValue("etag").filter(PartAnswer::isStrongTag));
    return write(0);
  }

  private BodySubscriber<Long> rest(ResponseInfo head) {
    Matcher range = CONTENT_RANGE.matcher(head.headers().firstValue("content-range").orElse(""));
    boolean fits =
        range.matches()
            && Long.parseLong(range.group(1)) == kept
            && (range.group(2).equals("*") || Long.parseLong(range.group(2)) == file.bytes());
    return fits ? write(kept) : nothing("it sends another part than the one asked for");
  }

  private BodySubscriber<Long> write(long from) {
    PartBody writing = new PartBody(part, from, file.bytes());
    body = writing;
    return writing;
  }

  /** What is here has no continuation there: the next try asks for the whole file. */
  private BodySubscriber<Long> nothing(String why) {
    other = why;
    try {
      part.truncate(0);
      Files.deleteIfExists(tag);
    } catch (IOException e) {
      // The next try finds the disk as it is, and says so.
      log.debug("the part of {} stays", file.id(), e);
    }
    return new Unread();
  }

  private void note(Optional<String> strong) {
    try {
      Files.deleteIfExists(tag);
      if (strong.isPresent()) {
        Files.writeString(tag, strong.get(), StandardCharsets.ISO_8859_1);
      }
    } catch (IOException e) {
      // A later continuation is unconditional then; the hash is checked all the same.
      log.debug("no tag for {}", file.id(), e);
    }
  }

  /** A body that nobody wants, however long it is. */
  private static final class Unread implements BodySubscriber<Long> {

    @Override
    public CompletionStage<Long> getBody() {
      return CompletableFuture.completedStage(0L);
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      subscription.cancel();
    }

    @Override
    public void onNext(List<ByteBuffer> item) {}

    @Override
    public void onError(Throwable failure) {}

    @Override
    public void onComplete() {}
  }
}
