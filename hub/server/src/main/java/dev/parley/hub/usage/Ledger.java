package dev.parley.hub.usage;

import dev.parley.core.error.HubError;
import dev.parley.core.error.HubException;
import dev.parley.core.time.Clock;
import dev.parley.hub.config.DatabaseConfig;
import dev.parley.hub.config.UsageConfig;
import dev.parley.hub.media.store.Durable;
import dev.parley.hub.store.Database;
import dev.parley.hub.store.DatabaseWork;
import dev.parley.hub.store.DuplicateException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where rows of usage go. {@link #add} puts one in line and returns at once. One thread writes the
 * line into the database, in batches; another looks, four times in each flush interval, whether
 * rows got stuck, because the database is slow or away, and puts those into a file. So a row is on
 * the disk within the flush interval, whatever the database does, and a crash loses no more than
 * that. A row may reach the database twice and is there once. Thread-safe.
 */
public final class Ledger implements UsageQueries.Source, AutoCloseable {

  /** Rows in line: at about half a kilobyte each, some 16 MB. */
  static final int WAITING_MAX = 32_768;

  /** Some 700,000 rows. */
  static final long SPILL_BYTES_MAX = 256L << 20;

  private static final int BATCH_ROWS = 1_000;
  private static final int QUESTIONS_MAX = 256;
  private static final int LOOKS = 4;
  private static final int OLD_ROWS = 2_000;
  private static final Duration OLD_PAUSE = Duration.ofMillis(500);
  private static final Duration OLD_LOOK = Duration.ofHours(1);
  private static final Duration END = Duration.ofSeconds(5);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(Ledger.class);

  private final UsageConfig settings;
  private final Clock clock;
  private final UsageBase base;
  private final Spill spill;
  private final RowLine line;
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong spilled = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private final ArrayBlockingQueue<Question> questions = new ArrayBlockingQueue<>(QUESTIONS_MAX);
  private final Thread writer;
  private final Thread looker;
  private volatile boolean closing;
  private volatile boolean closed;
  private volatile long looks;

  /** Guards the two below, and the order of what is put into the file. */
  private final ReentrantLock handing = new ReentrantLock();

  /** What the database was given and has not confirmed, unless it lies in the file, too. */
  private List<UsageRow> handed = List.of();

  /** The look after which it was given. */
  private long handedAt;

  private long nextOldNanos;
  private boolean dropping;

  private record Question(Spent spent, CompletableFuture<Long> answer) {}

  private Ledger(UsageConfig settings, Clock clock, UsageBase base, Spill spill, RowLine line) {
    this.settings = settings;
    this.clock = clock;
    this.base = base;
    this.spill = spill;
    this.line = line;
    this.nextOldNanos = clock.nanoTime();
    this.writer = Thread.ofPlatform().daemon().name("hub-usage-writer").unstarted(this::write);
    this.looker = Thread.ofPlatform().daemon().name("hub-usage-looker").unstarted(this::look);
  }

  /**
   * Opens the file for rows that cannot be written; the database is opened when it is first needed,
   * so that a hub begins without one that is away.
   *
   * @param server empty: a file in {@code data}
   * @param data the folder of everything that the hub keeps
   */
  public static Ledger open(
      Optional<DatabaseConfig> server, Path data, UsageConfig settings, Clock clock)
      throws IOException {
    return open(server, data, settings, clock, SPILL_BYTES_MAX, WAITING_MAX);
  }

  static Ledger open(
      Optional<DatabaseConfig> server,
      Path data,
      UsageConfig settings,
      Clock clock,
      long spillBytesMax,
      int waitingMax)
      throws IOException {
    Durable.ownFolder(data);
    Ledger ledger =
        new Ledger(
            settings,
            clock,
            new UsageBase(server, data, clock),
            Spill.open(data, spillBytesMax),
            new RowLine(waitingMax));
    ledger.writer.start();
    ledger.looker.start();
    return ledger;
  }

  /** Takes a row, without waiting; one for which there is no room is counted and gone. */
  public void add(UsageRow row) {
    if (closing || !line.add(row)) {
      dropped.incrementAndGet();
    }
  }

  /** How the ledger is. */
  public LedgerStatus status() {
    return new LedgerStatus(
        line.length(), written.get(), spilled.get(), spill.bytes(), dropped.get());
  }

  /** Reads what is written; waits for the database, and fails while it is not open. */
  @Override
  public <T> T read(DatabaseWork<T> work) {
    return base.open().read(work);
  }

  /**
   * What was spent, those rows included that are not written yet. Fails with Overloaded while the
   * database is away.
   */
  public CompletableFuture<Long> spentMicros(Spent spent) {
    CompletableFuture<Long> answer = new CompletableFuture<>();
    if (closing || !questions.offer(new Question(spent, answer))) {
      answer.completeExceptionally(
          new HubException(new HubError.Overloaded("too many ask the usage ledger", RETRY)));
    } else {
      LockSupport.unpark(writer);
    }
    return answer;
  }

  // The thread that looks.

  private void look() {
    long intervalNanos = settings.flush().toNanos() / LOOKS;
    long addedBefore = 0;
    while (!closed) {
      LockSupport.parkNanos(this, intervalNanos);
      handing.lock();
      try {
        long look = looks + 1;
        looks = look;
        boolean stuck = line.taken() < addedBefore;
        addedBefore = line.added();
        // Not the look that comes right after: that would find every second batch under way.
        if (!handed.isEmpty() && handedAt + 2 <= look) {
          spill(handed);
          handed = List.of();
          stuck = true;
        }
        if (stuck) {
          spillLine();
        }
      } finally {
        handing.unlock();
      }
      LockSupport.unpark(writer);
    }
  }

  private void spillLine() {
    List<UsageRow> rows = line.take(BATCH_ROWS);
    while (!rows.isEmpty()) {
      spill(rows);
      rows = line.take(BATCH_ROWS);
    }
  }

  /** What finds no room is gone: memory is bounded, and so is the disk. */
  private void spill(List<UsageRow> rows) {
    int room = 0;
    try {
      room = spill.add(rows);
    } catch (IOException e) {
      log.error("rows of usage cannot be put aside", e);
    }
    spilled.addAndGet(room);
    int lost = rows.size() - room;
    if (lost > 0) {
      dropped.addAndGet(lost);
      if (!dropping) {
        dropping = true;
        log.error("rows of usage are lost: the database is away and the file for them is full");
      }
    }
  }

  // The thread that writes.

  private void write() {
    long lookDone = -1;
    while (!closed) {
      // Known before the work begins: what was added until then is written by it.
      boolean last = closing;
      if (lookDone == looks && questions.isEmpty() && !last) {
        LockSupport.park(this);
        continue;
      }
      lookDone = looks;
      try {
        Database database = base.now();
        if (database != null && writeAll(database)) {
          base.worked();
          answer(database);
          forget(database);
        } else {
          refuse();
        }
      } catch (IOException | RuntimeException e) {
        log.error("the usage ledger stumbles", e);
        base.failed();
        refuse();
      }
      if (last) {
        return;
      }
    }
  }

  /** Whether everything is written that was there, what was put aside meanwhile included. */
  private boolean writeAll(Database database) throws IOException {
    while (writeSpilled(database)) {
      List<UsageRow> rows = hand();
      if (rows.isEmpty()) {
        if (spill.isEmpty()) {
          return true;
        }
        continue;
      }
      boolean there = insert(database, rows);
      handing.lock();
      try {
        if (!there && !handed.isEmpty()) {
          spill(handed);
        }
        handed = List.of();
      } finally {
        handing.unlock();
      }
      if (!there) {
        return false;
      }
    }
    return false;
  }

  private boolean writeSpilled(Database database) throws IOException {
    while (!spill.isEmpty()) {
      Spill.Batch batch = spill.oldest();
      if (!batch.rows().isEmpty() && !insert(database, batch.rows())) {
        return false;
      }
      // Before the file is seen to be empty.
      noteLost(batch);
      spill.done(batch);
    }
    dropping = false;
    return true;
  }

  private List<UsageRow> hand() {
    handing.lock();
    try {
      handed = line.take(BATCH_ROWS);
      handedAt = looks;
      return handed;
    } finally {
      handing.unlock();
    }
  }

  private boolean insert(Database database, List<UsageRow> rows) {
    try {
      written.addAndGet(database.change(connection -> RowTable.add(connection, rows)));
      return true;
    } catch (HubException | DuplicateException _) {
      base.failed();
      return false;
    }
  }

  private void noteLost(Spill.Batch batch) {
    if (batch.lost() > 0) {
      dropped.addAndGet(batch.lost());
      log.warn("the file of waiting usage rows held lines that cannot be read: {}", batch.lost());
    }
  }

  /** With everything written that was there, what is missing is only what stands in line. */
  private void answer(Database database) {
    for (Question question; (question = questions.peek()) != null; ) {
      OptionalLong inLine = inLine(question.spent());
      if (inLine.isEmpty()) {
        return;
      }
      boolean _ = questions.remove(question);
      try {
        long written = database.read(question.spent()::micros);
        question.answer().complete(inLine.getAsLong() + written);
      } catch (HubException e) {
        question.answer().completeExceptionally(e);
      }
    }
  }

  /** Empty when rows were put aside since, which have to be written first. */
  private OptionalLong inLine(Spent spent) {
    handing.lock();
    try {
      if (!spill.isEmpty()) {
        return OptionalLong.empty();
      }
      long micros = 0;
      for (UsageRow row : line.standing()) {
        micros += spent.micros(row);
      }
      return OptionalLong.of(micros);
    } finally {
      handing.unlock();
    }
  }

  private void refuse() {
    for (Question question; (question = questions.poll()) != null; ) {
      question
          .answer()
          .completeExceptionally(
              new HubException(new HubError.Overloaded("the database of usage is away", RETRY)));
    }
  }

  /** Old rows go in small steps, so that new ones need not wait. */
  private void forget(Database database) {
    long now = clock.nanoTime();
    if (now - nextOldNanos < 0 || closing) {
      return;
    }
    long first = UsageRow.dayOf(clock.epochMillis()) - settings.keep().toDays();
    int gone = 0;
    try {
      gone = database.change(connection -> RowTable.deleteBefore(connection, first, OLD_ROWS));
    } catch (HubException | DuplicateException e) {
      log.warn("old rows of usage stay: {}", e.toString());
    }
    nextOldNanos = now + (gone == OLD_ROWS ? OLD_PAUSE : OLD_LOOK).toNanos();
  }

  /** Writes what is left, or puts it into the file, within some seconds; then nothing is taken. */
  @Override
  public void close() {
    if (closing) {
      return;
    }
    closing = true;
    LockSupport.unpark(writer);
    joined(writer);
    closed = true;
    LockSupport.unpark(looker);
    joined(looker);
    handing.lock();
    try {
      spill(handed);
      handed = List.of();
      spillLine();
    } finally {
      handing.unlock();
    }
    refuse();
    base.close();
    try {
      spill.close();
    } catch (IOException e) {
      log.warn("the file of waiting usage rows was not closed well: {}", e.toString());
    }
  }

  private static void joined(Thread thread) {
    try {
      var _ = thread.join(END);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
