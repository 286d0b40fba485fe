using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Importing;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>What starting a relocation leaves, and when it is refused.</summary>
public abstract class TaskCreationSpecification(DatabaseUnderTest engine)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    [Parity("addendum", "T-1")]
    [Parity("addendum", "T-2")]
    [Parity("addendum", "T-3")]
    [Parity("addendum", "T-4")]
    [Parity("annex B", "create")]
    public async Task Creation_leaves_a_relocation_and_its_file()
    {
        await using var bed = await TaskBed.CreateAsync(engine);

        var state = await bed.StartAsync();

        Assert.Equal((RelocationStep.Uploading, RelocationStatus.InProgress, RelocationProvenance.SelfHosted), (state.Step, state.Status, state.Provenance));
        Assert.Equal((TaskBed.Owner, TaskBed.Owner, RelocationTaskName.None, 0), (state.Owner, state.Creator, state.LatestTask, state.LatestTaskAttempts));
        Assert.Equal(["acme"], state.Organizations);
        Assert.Equal((null, null, null, null, null), (state.Usernames, state.FailureReason, state.PauseAt, state.CancelAt, state.LatestNotified));
        Assert.Equal((Imports.Now, Imports.Now), (state.DateAdded, state.DateUpdated));
        Assert.Empty(state.Messages);
        var name = $"files/{TaskBed.Uuid}/raw-relocation-data.tar";
        Assert.Equal($"{name}|{TaskBed.File().ToJsonString().Length}|1", await bed.Database.TextAsync("SELECT file_key, file_size, kind FROM sentry_relocationfile"));
        Assert.Equal([name], bed.Storage.Files.Keys);
        Assert.Equal("|0", await bed.Database.TextAsync("SELECT latest_task, latest_task_attempts FROM sentry_relocation"));
    }

    [Fact]
    [Parity("addendum", "T-1")]
    public async Task Date_of_the_update_changes_with_every_update_and_that_of_the_creation_never()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        bed.Clock.GoOn(TimeSpan.FromSeconds(5));

        var state = await bed.Relocations.PauseAsync(bed.Connection, TaskBed.Uuid, null, Cancel);

        Assert.Equal((Imports.Now, Imports.Now.AddSeconds(5)), (state.DateAdded, state.DateUpdated));
    }

    [Fact]
    [Parity("addendum", "T-5")]
    public async Task Mark_that_is_not_above_the_step_is_refused_by_the_table()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();

        foreach (var mark in (string[])["scheduled_pause_at_step", "scheduled_cancel_at_step"])
        {
            await bed.Connection.RunAsync($"UPDATE sentry_relocation SET {mark} = 2");
            await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => bed.Connection.RunAsync($"UPDATE sentry_relocation SET {mark} = 1"));
            await bed.Connection.RunAsync($"UPDATE sentry_relocation SET {mark} = NULL");
        }
    }

    [Fact]
    [Parity("addendum", "T-31")]
    public async Task Owner_must_exist_and_only_an_elevated_user_names_another()
    {
        await using var bed = await TaskBed.CreateAsync(engine);

        var missing = await TaskBed.RefusedAsync(RelocationTaskErrorKind.UserMissing, () => bed.StartAsync(With("nobody", null, false)));
        var other = await TaskBed.RefusedAsync(RelocationTaskErrorKind.NotAllowed, () => bed.StartAsync(With(TaskBed.Owner, TaskBed.Admin, false)));
        await TaskBed.RefusedAsync(RelocationTaskErrorKind.UserMissing, () => bed.StartAsync(With(TaskBed.Owner, "nobody", true)));
        Assert.Contains("'nobody'", missing, StringComparison.Ordinal);
        Assert.Contains($"'{TaskBed.Admin}'", other, StringComparison.Ordinal);
        Assert.Empty(bed.Storage.Files);

        var state = await bed.StartAsync(With(TaskBed.Owner, TaskBed.Admin, true));

        Assert.Equal((TaskBed.Owner, TaskBed.Admin), (state.Owner, state.Creator));
    }

    [Theory]
    [InlineData(RelocationStatus.InProgress, true)]
    [InlineData(RelocationStatus.Pause, true)]
    [InlineData(RelocationStatus.Failure, false)]
    [InlineData(RelocationStatus.Success, false)]
    [Parity("addendum", "T-31")]
    public async Task Owner_has_one_relocation_that_has_not_ended(RelocationStatus status, bool isBusy)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        await bed.SetAsync(row => row with { Status = status });
        var second = Guid.Parse("00000000-0000-4000-8000-000000000002");
        var request = new RelocationRequest { File = new MemoryStream([1]), Owner = TaskBed.Owner, Organizations = ["acme"], Uuid = second };

        if (isBusy)
        {
            var message = await TaskBed.RefusedAsync(RelocationTaskErrorKind.OwnerBusy, () => bed.StartAsync(request));
            Assert.Contains(TaskBed.Uuid.ToString(), message, StringComparison.Ordinal);
            Assert.Single(bed.Storage.Files);
        }
        else
        {
            Assert.Equal(second, (await bed.StartAsync(request)).Uuid);
        }
    }

    [Fact]
    public async Task Identity_that_is_taken_is_refused_and_the_file_of_the_other_stays()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        var before = bed.Storage.Files.Single().Value;
        var request = new RelocationRequest { File = new MemoryStream([1]), Owner = TaskBed.Admin, Organizations = ["acme"], Uuid = TaskBed.Uuid };

        await TaskBed.RefusedAsync(RelocationTaskErrorKind.Exists, () => bed.StartAsync(request));

        Assert.Equal(before, bed.Storage.Files.Single().Value);
    }

    [Fact]
    [Parity("10.4", "Import id is the relocation's")]
    public async Task Identity_of_an_import_that_there_has_been_is_refused()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.Database.ImportAsync(
            new System.Text.Json.Nodes.JsonArray(TaskBed.Organization(9, "other")).ToBackup(),
            SentryScopes.Organization,
            new SentryImportOptions { Flags = new SentryImportFlags { ImportUuid = TaskBed.Uuid } });

        var message = await TaskBed.RefusedAsync(RelocationTaskErrorKind.Exists, () => bed.StartAsync());

        Assert.Contains($"import {TaskBed.Uuid}", message, StringComparison.Ordinal);
        Assert.Empty(bed.Storage.Files);
        Assert.Empty(await bed.Relocations.ListAsync(bed.Connection, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Identity_is_made_where_none_is_given()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        var request = new RelocationRequest { File = new MemoryStream([1]), Owner = TaskBed.Owner, Organizations = ["acme"] };

        var state = await bed.StartAsync(request);

        Assert.Equal(4, state.Uuid.Version);
        Assert.Equal(state.Uuid, Assert.Single(await bed.Relocations.ListAsync(bed.Connection, Cancel)).Uuid);
    }

    [Theory]
    [InlineData("Acme", "Acme")]
    [InlineData("my_org", "my_org")]
    [InlineData("-acme", "-acme")]
    [InlineData("acme-", "acme-")]
    [InlineData("12345", "12345")]
    [InlineData("acme inc", "acme inc")]
    [InlineData("b c,acme,A b", "A b")]
    [Parity("addendum", "T-30")]
    public async Task Slug_that_the_scan_would_refuse_is_refused_at_creation(string slugs, string named)
    {
        await using var bed = await TaskBed.CreateAsync(engine);

        var message = await TaskBed.RefusedAsync(RelocationTaskErrorKind.BadSlug, () => bed.StartAsync(TaskBed.Request(null, slugs.Split(','))));

        Assert.StartsWith($"'{named}' is no slug", message, StringComparison.Ordinal);
        Assert.Empty(bed.Storage.Files);
    }

    [Fact]
    [Parity("addendum", "T-30")]
    public async Task Slugs_are_trimmed_and_taken_once_and_none_is_refused()
    {
        await using var bed = await TaskBed.CreateAsync(engine);

        await TaskBed.RefusedAsync(RelocationTaskErrorKind.BadSlug, () => bed.StartAsync(TaskBed.Request(null, " ", string.Empty)));
        var state = await bed.StartAsync(TaskBed.Request(null, " acme ", "b-2", "acme"));

        Assert.Equal(["acme", "b-2"], state.Organizations);
    }

    [Fact]
    [Parity("addendum", "T-8")]
    public async Task File_may_be_as_large_as_the_limit_and_not_a_byte_larger()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        Assert.Equal(2_147_483_648, bed.Limits.FileBytes);
        bed.Limits = new RelocationLimits { FileBytes = 100_000 };

        var message = await TaskBed.RefusedAsync(
            RelocationTaskErrorKind.FileTooLarge, () => bed.StartAsync(TaskBed.Request(new byte[100_001], "acme")));
        Assert.Contains("100000 bytes", message, StringComparison.Ordinal);
        Assert.Empty(bed.Storage.Files);
        Assert.Empty(await bed.Relocations.ListAsync(bed.Connection, Cancel));

        await bed.StartAsync(TaskBed.Request(new byte[100_000], "acme"));

        Assert.Equal(100_000, bed.Storage.Files.Single().Value.Length);
    }

    [Theory]
    [InlineData((10L << 20) - 1, "small")]
    [InlineData(10L << 20, "medium")]
    [InlineData((100L << 20) - 1, "medium")]
    [InlineData(100L << 20, "large")]
    [Parity("addendum", "T-8")]
    public async Task Relocations_of_a_size_are_limited_by_day_but_for_the_elevated(long size, string limited)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        await bed.StartAsync();
        await bed.SetAsync(row => row with { Status = RelocationStatus.Success });
        await bed.Connection.RunAsync(FormattableString.Invariant($"UPDATE sentry_relocationfile SET file_size = {size}"));
        Assert.Equal((null, null, null), (bed.Limits.SmallPerDay, bed.Limits.MediumPerDay, bed.Limits.LargePerDay));
        bed.Limits = new RelocationLimits { FileBytes = 10, SmallPerDay = 1, MediumPerDay = 1, LargePerDay = 1 };
        RelocationRequest Request(bool isElevated) => new()
        {
            File = new MemoryStream([1]), Owner = TaskBed.Owner, Organizations = ["acme"], IsElevated = isElevated,
        };

        // The new file is small: it is only in the way of others of its class.
        if (limited == "small")
        {
            var message = await TaskBed.RefusedAsync(RelocationTaskErrorKind.DayIsFull, () => bed.StartAsync(Request(false)));
            Assert.Contains("may have, 1,", message, StringComparison.Ordinal);
            Assert.Single(bed.Storage.Files);
            await bed.StartAsync(Request(true));
        }
        else
        {
            await bed.StartAsync(Request(false));
        }

        await bed.Connection.RunAsync("UPDATE sentry_relocation SET status = 2");
        await TaskBed.RefusedAsync(RelocationTaskErrorKind.DayIsFull, () => bed.StartAsync(Request(false)));
        bed.Clock.GoOn(TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1));
        await bed.StartAsync(Request(false));
    }

    [Fact]
    [Parity("addendum", "T-44")]
    public async Task Export_of_another_cell_is_refused_by_name_and_its_file_is_taken()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        RelocationRequest Request(Stream? file) => new()
        {
            File = file, Owner = TaskBed.Owner, Organizations = ["acme"], Provenance = RelocationProvenance.SaasToSaas, Uuid = TaskBed.Uuid,
        };

        var message = await TaskBed.RefusedAsync(RelocationTaskErrorKind.NoExport, () => bed.StartAsync(Request(null)));
        var state = await bed.StartAsync(Request(new MemoryStream([1])));

        Assert.Contains("export", message, StringComparison.Ordinal);
        Assert.Equal(RelocationProvenance.SaasToSaas, state.Provenance);
    }

    [Fact]
    [Parity("addendum", "T-31")]
    public async Task New_relocations_pause_where_the_option_says()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        bed.AutopauseAt = RelocationStep.Importing;

        Assert.Equal(RelocationStep.Importing, (await bed.StartAsync()).PauseAt);

        var state = await bed.RunAsync();
        Assert.Equal((RelocationStatus.Pause, RelocationStep.Importing, null), (state.Status, state.Step, state.PauseAt));
    }

    [Theory]
    [InlineData(RelocationStep.Uploading)]
    [InlineData(RelocationStep.Completed)]
    [Parity("addendum", "T-6")]
    public async Task New_relocations_pause_at_no_step_that_cannot_be_marked(RelocationStep step)
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        bed.AutopauseAt = step;

        await TaskBed.RefusedAsync(RelocationTaskErrorKind.WrongStep, () => bed.StartAsync());

        Assert.Empty(bed.Storage.Files);
    }

    [Fact]
    public async Task File_that_cannot_be_stored_starts_nothing()
    {
        await using var bed = await TaskBed.CreateAsync(engine);
        bed.Storage.Fault = _ => new IOException("full");

        await Assert.ThrowsAsync<IOException>(() => bed.StartAsync());

        Assert.Empty(await bed.Relocations.ListAsync(bed.Connection, Cancel));
    }

    private static RelocationRequest With(string owner, string? creator, bool isElevated) => new()
    {
        File = new MemoryStream([1]), Owner = owner, Creator = creator, IsElevated = isElevated, Organizations = ["acme"], Uuid = TaskBed.Uuid,
    };
}
