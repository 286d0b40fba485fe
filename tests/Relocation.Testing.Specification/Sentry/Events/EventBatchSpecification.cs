using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;
using static Relocation.Testing.Specification.Sentry.Events.SavedEvents;

namespace Relocation.Testing.Specification.Sentry.Events;

/// <summary>Events of one call are saved as if one after another, in a constant number of statements.</summary>
public abstract class EventBatchSpecification(DatabaseUnderTest engine)
{
    /// <summary>No call takes more statements than this, whatever its events need.</summary>
    private const int MostStatements = 60;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [Parity("addendum", "C-10")]
    public async Task Batch_leaves_what_its_events_leave_one_by_one(int seed)
    {
        await using var single = await PreparedAsync();
        await using var batched = await PreparedAsync();

        var one = await SaveAsync(single, new RandomEvents(seed), size: 1);
        var many = await SaveAsync(batched, new RandomEvents(seed), size: 5 + (seed * 7));

        Assert.Equal(one.Select(Shown), many.Select(Shown));
        Assert.Equal(await engine.FingerprintAsync(single), await engine.FingerprintAsync(batched));
        Assert.True(new HashSet<EventOutcome>(many.Select(result => result.Outcome)).Count >= 2, "The sequence has too few kinds of events.");
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Batch_with_a_deferred_buffer_leaves_what_its_events_leave_one_by_one(int seed)
    {
        await using var single = await PreparedAsync();
        await using var batched = await PreparedAsync();

        await SaveAsync(single, new RandomEvents(seed), size: 1, EventBufferMode.Deferred);
        await SaveAsync(batched, new RandomEvents(seed), size: 30, EventBufferMode.Deferred);

        Assert.Equal(await engine.FingerprintAsync(single), await engine.FingerprintAsync(batched));
    }

    [Fact]
    [Parity("addendum", "C-10")]
    public async Task Number_of_statements_does_not_depend_on_the_number_of_events()
    {
        await using var database = await PreparedAsync();
        await using var inner = await database.OpenConnectionAsync(Cancel);
        await using var connection = new CountingConnection(inner);
        var writer = database.Writer();
        var counts = new Dictionary<int, int>();
        await writer.SaveManyAsync(connection, [.. Steady(100)], Cancel);

        foreach (var size in (int[])[1, 50, 100, 200])
        {
            var before = connection.Statements;
            await writer.SaveManyAsync(connection, [.. Steady(size)], Cancel);
            counts[size] = connection.Statements - before;
        }

        var most = connection.Statements;
        await writer.SaveManyAsync(connection, [.. new RandomEvents(2).Take(400)], Cancel);
        most = connection.Statements - most;

        Assert.Equal(counts[50], counts[100]);
        Assert.Equal(counts[50], counts[200]);
        Assert.InRange(counts[100], counts[1], 25);
        Assert.InRange(most, counts[100], MostStatements);
    }

    [Fact]
    [Parity("addendum", "C-10")]
    public async Task Discarded_event_takes_no_other_with_it()
    {
        await using var database = await PreparedAsync();

        var results = await database.SaveManyAsync(
        [
            new EventInput(Shop, Message("before", 0, ("event_id", Id(101)))),
            new EventInput(Shop, Message("x", 0, ("event_id", Id(102)), ("fingerprint", new JsonArray("print 0")))),
            new EventInput(Shop, Message("after", 0, ("event_id", Id(103)))),
        ]);

        Assert.Equal([EventOutcome.Saved, EventOutcome.Discarded, EventOutcome.Saved], results.Select(result => result.Outcome));
        Assert.Equal(("discard", 1L), (results[1].Reason, results[1].TombstoneId));
        Assert.Equal($"{Id(101)}\n{Id(103)}", await database.TextAsync(
            $"SELECT event_id FROM event_stream WHERE event_id IN ('{Id(101)}', '{Id(102)}', '{Id(103)}') ORDER BY event_id"));
    }

    [Fact]
    public async Task Refused_event_leaves_nothing_of_its_call()
    {
        await using var database = await PreparedAsync();
        var before = await engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<EventRefusedException>(() => database.SaveManyAsync(
            [new EventInput(Shop, Message("fine", 0, ("release", "9.9"))), new EventInput(Shop, Transaction("/x", 0, ("start_timestamp", null)))]));

        Assert.Equal(1, refusal.Index);
        Assert.StartsWith("Event 2: ", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Of_several_refused_events_the_first_is_told_of()
    {
        await using var database = await engine.SentryEventsAsync();
        var before = await engine.FingerprintAsync(database);

        var refusal = await Assert.ThrowsAsync<EventRefusedException>(() => database.SaveManyAsync(Enumerable.Range(0, 60).Select(
            at => new EventInput(Shop, at is 23 or 24 or 59 ? Transaction("/x", 0, ("start_timestamp", null)) : Message($"m {at}")))));

        Assert.Equal(23, refusal.Index);
        Assert.Equal(before, await engine.FingerprintAsync(database));
    }

    [Fact]
    public async Task Ids_that_are_made_do_not_depend_on_batches()
    {
        await using var single = await engine.SentryEventsAsync();
        await using var batched = await engine.SentryEventsAsync();
        static EventInput[] Events() =>
        [
            .. Enumerable.Range(0, 40).Select(at => new EventInput(Shop, Message($"m {at % 4}", 0, ("event_id", at % 3 == 0 ? Id(at + 1) : null)))),
        ];

        var one = new List<EventResult>();
        foreach (var input in Events())
        {
            one.AddRange(await single.SaveManyAsync([input]));
        }

        var many = await batched.SaveManyAsync(Events());

        Assert.Equal(one.Select(result => result.EventId), many.Select(result => result.EventId));
        Assert.Equal(40, many.Select(result => result.EventId).Distinct().Count());
    }

    [Fact]
    public async Task Groups_that_change_in_every_way_are_in_a_batch_as_one_by_one()
    {
        await using var single = await engine.SentryEventsAsync();
        await using var batched = await engine.SentryEventsAsync();
        const string Resolve = "UPDATE sentry_groupedmessage SET status = 1, substatus = NULL WHERE message LIKE '%0%'";
        static EventInput[] Made() =>
        [
            .. Enumerable.Range(0, 10).Select(at => new EventInput(Shop, Message($"m {at}", -100, ("event_id", Id(at + 1)), ("level", "error")))),
        ];

        // Each neither, one or both of another level and a later time; the resolved one is opened again; one comes before it was first seen.
        static EventInput[] Changed() =>
        [
            .. Enumerable.Range(0, 10).Select(at => new EventInput(
                Shop,
                Message(
                    $"m {at}", at == 9 ? -500 : at % 2 == 0 ? -10 : -100, ("event_id", Id(at + 100)), ("level", at % 4 < 2 ? "error" : "warning")))),
        ];

        foreach (var input in Made())
        {
            await single.SaveManyAsync([input]);
        }

        await batched.SaveManyAsync(Made());
        await single.RunAsync(Resolve);
        await batched.RunAsync(Resolve);
        foreach (var input in Changed())
        {
            await single.SaveManyAsync([input]);
        }

        await batched.SaveManyAsync(Changed());

        Assert.Equal(await engine.FingerprintAsync(single), await engine.FingerprintAsync(batched));
        Assert.Equal(
            "0|6|40|-10|-100\n0|7|30|-100|-100\n0|7|30|-10|-100\n0|7|40|-100|-500\n0|7|40|-100|-100\n0|7|40|-10|-100",
            await batched.TextAsync(
                $"SELECT DISTINCT status, substatus, level, {batched.SecondsSql("last_seen")}, {batched.SecondsSql("first_seen")} "
                + "FROM sentry_groupedmessage ORDER BY 1, 2, 3, 4, 5"));
    }

    [Fact]
    public async Task Transaction_of_the_callers_decides_and_goes_on_after_a_refusal()
    {
        await using var database = await PreparedAsync();
        var before = await engine.FingerprintAsync(database);
        var writer = database.Writer();
        await using var connection = await database.OpenConnectionAsync(Cancel);

        await using (var transaction = await connection.BeginTransactionAsync(Cancel))
        {
            await writer.SaveManyAsync(transaction, [new EventInput(Shop, Message("first"))], Cancel);
            await Assert.ThrowsAsync<EventRefusedException>(() => writer.SaveManyAsync(transaction, [new EventInput(99, Message("nowhere"))], Cancel));
            await writer.SaveManyAsync(transaction, [new EventInput(Shop, Message("second"))], Cancel);
            Assert.Equal("2", await TextAsync(connection, transaction, "SELECT count(*) FROM event_stream WHERE message IN ('first', 'second')"));
            await transaction.RollbackAsync(Cancel);
        }

        // Sequences of PostgreSQL do not roll back.
        Assert.Equal(WithoutCounters(before), WithoutCounters(await engine.FingerprintAsync(database)));
    }

    [Fact]
    public async Task Two_writers_at_once_share_groups_releases_and_counters()
    {
        await using var database = await PreparedAsync();

        await Task.WhenAll(Enumerable.Range(0, 2).Select(async number =>
        {
            var writer = new EventWriter(database.Engine, Options);
            await using var connection = await database.OpenConnectionAsync(Cancel);
            for (var batch = 0; batch < 5; batch++)
            {
                await writer.SaveManyAsync(
                    connection,
                    [.. Enumerable.Range(0, 10).Select(at => new EventInput(1 + (at % 2), Message(
                        $"shared {(batch * 3) + (at / 4)}", 0, ("event_id", Id(1000 + (number * 100) + (batch * 10) + at)), ("release", $"r{batch}"), ("environment", $"e{at % 3}"))))],
                    Cancel);
            }
        }));

        Assert.Equal("100", await database.TextAsync("SELECT sum(times_seen) FROM sentry_groupedmessage WHERE message LIKE 'shared%'"));
        Assert.Equal(
            await database.TextAsync("SELECT count(*) FROM sentry_grouphash WHERE group_id IN (SELECT id FROM sentry_groupedmessage WHERE message LIKE 'shared%')"),
            await database.TextAsync("SELECT count(*) FROM sentry_groupedmessage WHERE message LIKE 'shared%'"));
        Assert.Equal("5", await database.TextAsync("SELECT count(*) FROM sentry_release WHERE version LIKE 'r_' AND organization_id = 1"));
    }

    [Fact]
    public async Task Both_buffers_end_alike_but_the_deferred_one_lags()
    {
        await using var immediate = await engine.SentryEventsAsync();
        await using var deferred = await engine.SentryEventsAsync();
        var late = new EventWriter(engine.Target.Engine, new EventWriterOptions { Clock = Clock, Buffer = EventBufferMode.Deferred });
        static EventInput[] Events() =>
        [
            .. Enumerable.Range(0, 4).Select(at => new EventInput(Shop, Message("same", at * 100, ("event_id", Id(at + 1)), ("timestamp", Now - 900 + (at * 100)), ("release", "1.0")))),
        ];

        await immediate.SaveManyAsync(Events());
        await using (var connection = await deferred.OpenConnectionAsync(Cancel))
        {
            foreach (var input in Events())
            {
                await late.SaveManyAsync(connection, [input], Cancel);
            }

            Assert.Equal("1|0|0", await connection.TextAsync(
                "SELECT g.times_seen, p.new_groups, e.new_issues_count FROM sentry_groupedmessage g, sentry_release_project p, sentry_releaseprojectenvironment e"));
            await late.FlushBuffersAsync(connection, Cancel);
            await late.FlushBuffersAsync(connection, Cancel);
        }

        const string Sql = "SELECT g.times_seen, g.last_seen, p.new_groups, e.new_issues_count, r.last_seen FROM sentry_groupedmessage g, sentry_release_project p, "
            + "sentry_releaseprojectenvironment e, sentry_grouprelease r";
        Assert.Equal(await immediate.TextAsync(Sql), await deferred.TextAsync(Sql));
        Assert.StartsWith("4|", await deferred.TextAsync(Sql), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_held_back_while_others_are_written_is_not_lost()
    {
        await using var database = await engine.SentryEventsAsync();
        var writer = new EventWriter(engine.Target.Engine, new EventWriterOptions { Clock = Clock, Buffer = EventBufferMode.Deferred });
        await using var inner = await database.OpenConnectionAsync(Cancel);
        await using var second = await database.OpenConnectionAsync(Cancel);
        await using var first = new CountingConnection(inner);
        await writer.SaveManyAsync(inner, [new EventInput(Shop, Message("here")), new EventInput(Shop, Message("here")), new EventInput(Other, Message("there"))], Cancel);

        first.AfterCommit = () => writer.SaveManyAsync(second, [new EventInput(Other, Message("there"))], Cancel);
        await writer.FlushBuffersAsync(first, Cancel);
        first.AfterCommit = null;
        await writer.FlushBuffersAsync(first, Cancel);

        Assert.Equal("2\n2", await database.TextAsync("SELECT times_seen FROM sentry_groupedmessage ORDER BY id"));
    }

    [Fact]
    public async Task What_is_held_back_stays_so_when_it_cannot_be_written()
    {
        await using var database = await engine.SentryEventsAsync();
        var writer = new EventWriter(engine.Target.Engine, new EventWriterOptions { Clock = Clock, Buffer = EventBufferMode.Deferred });
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await writer.SaveManyAsync(connection, [new EventInput(Shop, Message("here")), new EventInput(Shop, Message("here"))], Cancel);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writer.FlushBuffersAsync(connection, cancelled.Token));
        await writer.SaveManyAsync(connection, [new EventInput(Shop, Message("here"))], Cancel);
        await writer.FlushBuffersAsync(connection, Cancel);

        Assert.Equal("3", await database.TextAsync("SELECT times_seen FROM sentry_groupedmessage"));
    }

    [Fact]
    public async Task Writers_to_two_organizations_store_equal_files_at_once()
    {
        await using var database = await engine.SentryEventsAsync();
        var file = new EventAttachment { Name = "a.bin", Content = new byte[500] };
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);
        await new EventWriter(database.Engine, Options).SaveManyAsync(transaction, [new EventInput(Shop, Message("one")) { Attachments = [file] }], Cancel);

        var other = Task.Run(() => database.SaveManyAsync([new EventInput(Other, Message("two")) { Attachments = [file] }]), Cancel);
        for (var turn = 0; turn < 100 && !other.IsCompleted && database.Engine.Name == "PostgreSQL"; turn++)
        {
            // Until the second waits for the first, or is done: either is fine, only the first shows anything.
            if (await database.TextAsync("SELECT count(*) FROM pg_locks WHERE NOT granted") != "0")
            {
                break;
            }

            await Task.Delay(20, Cancel);
        }

        await transaction.CommitAsync(Cancel);
        await other;

        Assert.Equal("event_blob 1, sentry_eventattachment 2", await database.CountsAsync("event_blob", "sentry_eventattachment"));
    }

    [Fact]
    public async Task What_ends_the_callers_transaction_is_told_and_not_that_nothing_is_left_to_take_back()
    {
        await using var database = await engine.SentryEventsAsync();
        await database.RunAsync(engine.Target.Engine.Name == "SQLite"
            ? "CREATE TRIGGER stop BEFORE INSERT ON sentry_groupedmessage BEGIN SELECT RAISE(ROLLBACK, 'no groups today'); END"
            : """
            CREATE FUNCTION stop() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
            CREATE TRIGGER stop BEFORE INSERT ON sentry_groupedmessage FOR EACH ROW EXECUTE FUNCTION stop();
            """);
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using var transaction = await connection.BeginTransactionAsync(Cancel);

        var failure = await Assert.ThrowsAsync<DatabaseException>(() => database.Writer().SaveManyAsync(transaction, [new EventInput(Shop, Message("x"))], Cancel));

        Assert.DoesNotContain("savepoint", failure.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("connection is not open", failure.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Remembered_release_that_is_gone_is_made_again()
    {
        await using var database = await engine.SentryEventsAsync();
        var writer = new EventWriter(engine.Target.Engine, new EventWriterOptions { Clock = Clock, RemembersReleases = true });
        await using var connection = await database.OpenConnectionAsync(Cancel);
        await using (var transaction = await connection.BeginTransactionAsync(Cancel))
        {
            await writer.SaveManyAsync(transaction, [new EventInput(Shop, Message("x", 0, ("release", "7.0")))], Cancel);
            await transaction.RollbackAsync(Cancel);
        }

        await writer.SaveAsync(connection, Blog, Message("y", 0, ("release", "8.0")), Cancel);
        var result = await writer.SaveAsync(connection, Shop, Message("x", 0, ("release", "7.0")), Cancel);

        Assert.Equal(EventOutcome.Saved, result.Outcome);
        Assert.Equal("7.0", await database.TextAsync($"SELECT r.version FROM sentry_release r JOIN sentry_grouprelease g ON g.release_id = r.id WHERE g.group_id = {result.Group!.GroupId}"));
    }

    private static IEnumerable<EventInput> Steady(int count) => Enumerable.Range(0, count).Select(at =>
        new EventInput(1 + (at % 3), Message($"steady {at % 7}", -1, ("event_id", Guid.NewGuid().ToString("n")), ("environment", "prod"))));

    private static string Shown(EventResult result) =>
        $"{result.EventId} {result.ProjectId} {result.Type} {result.Outcome} {result.Reason} {result.TombstoneId} {result.Group} {result.Data.ToJsonString()}";

    private static string WithoutCounters(string fingerprint) => string.Join('\n', fingerprint.Split('\n').Where(line =>
        !line.Contains("sqlite_sequence", StringComparison.Ordinal) && !line.Contains("_id_seq: ", StringComparison.Ordinal)));

    private static async Task<IReadOnlyList<EventResult>> SaveAsync(
        TestDatabase database, RandomEvents events, int size, EventBufferMode buffer = EventBufferMode.Immediate)
    {
        var writer = new EventWriter(database.Engine, new EventWriterOptions { Clock = Clock, Buffer = buffer });
        await using var connection = await database.OpenConnectionAsync(Cancel);
        var results = new List<EventResult>();
        foreach (var chunk in events.Take(90).Chunk(size))
        {
            results.AddRange(await writer.SaveManyAsync(connection, chunk, Cancel));
        }

        await writer.FlushBuffersAsync(connection, Cancel);
        return results;
    }

    private static async Task<string> TextAsync(DbConnection connection, DbTransaction transaction, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return Convert.ToString(await command.ExecuteScalarAsync(Cancel), CultureInfo.InvariantCulture)!;
    }

    /// <summary>A database in which every kind of group and hash is met.</summary>
    private async Task<TestDatabase> PreparedAsync()
    {
        var database = await engine.SentryEventsAsync();
        await database.SaveManyAsync(new RandomEvents(4711).Take(60));
        await database.RunAsync($"""
            INSERT INTO sentry_grouptombstone (previous_group_id, project_id, level, message) VALUES (900, 1, 40, 'gone');
            UPDATE sentry_grouphash SET group_id = NULL, group_tombstone_id = 1 WHERE id % 7 = 1;
            UPDATE sentry_grouphash SET group_id = NULL, state = 1 WHERE id % 11 = 2;
            INSERT INTO sentry_grouphash (project_id, hash, group_tombstone_id) VALUES (1, '{Md5("print 0")}', 1) ON CONFLICT (project_id, hash) DO UPDATE SET group_id = NULL, group_tombstone_id = 1;
            UPDATE sentry_groupedmessage SET type = 1001 WHERE id % 5 = 1;
            UPDATE sentry_groupedmessage SET status = 1, substatus = NULL WHERE id % 5 = 2;
            UPDATE sentry_groupedmessage SET status = 2 WHERE id % 5 = 3;
            INSERT INTO sentry_groupresolution (group_id, release_id, datetime, type, status, current_release_version)
              SELECT g.id, 1, {At(0)}, g.id % 2, 0, CASE WHEN g.id % 3 = 0 THEN '2.0' END FROM sentry_groupedmessage g WHERE g.status = 1 AND g.id % 4 <> 0;
            INSERT INTO sentry_activity (project_id, group_id, type, ident, datetime, data)
              SELECT g.project_id, t.group_id, 13, CAST(t.id AS text), {At(0)}, '{"{"}"version":""{"}"}' FROM sentry_groupresolution t JOIN sentry_groupedmessage g ON g.id = t.group_id;
            INSERT INTO sentry_grouphistory (organization_id, group_id, project_id, status, date_added)
              SELECT 1, g.id, g.project_id, 1, {At(-500)} FROM sentry_groupedmessage g WHERE g.status = 1;
            INSERT INTO sentry_projectoptions (project_id, "key", value) VALUES (2, 'sentry:resolve_age', '24'), (1, 'sentry:store_crash_reports', '2'), (3, 'sentry:store_crash_reports', 'true');
            INSERT INTO sentry_organizationoptions (organization_id, "key", value) VALUES (1, 'sentry:store_crash_reports', '1');
            UPDATE sentry_projectcounter SET value = value - 2 WHERE project_id = 3;
            """);
        return database;
    }

#pragma warning disable CA5351 // Fingerprints are hashed so.
    private static string Md5(string text) => Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351
}
