using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Relocation.Testing.Sentry.Tasks.Steps;
using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Sentry.Importing;

namespace Relocation.Testing.Specification.Sentry.Tasks;

/// <summary>What the scan of a file refuses, in which order, with which reason; and what it takes out of the file.</summary>
public abstract class TaskScanSpecification(DatabaseUnderTest engine)
{
    [Fact]
    [Parity("10.3", "Scan accepts")]
    [Parity("addendum", "T-13")]
    [Parity("addendum", "T-29")]
    [Parity("addendum", "T-36")]
    public async Task Tarball_is_scanned_and_its_owner_told()
    {
        await using var bed = await ScanningAsync();
        bed.AllowPlainJson = false;
        var file = new JsonArray(
            TaskBed.User(1, "zoe@example.com"), TaskBed.User(2, "Ada@example.com"), TaskBed.User(3, "other@example.com"), TaskBed.User(4, "ben@example.com"),
            TaskBed.Organization(7, "acme"), TaskBed.Organization(8, "other"), TaskBed.Member(1, 7, 1), TaskBed.Member(2, 7, 2), TaskBed.Member(3, 8, 3),
            TaskBed.Member(4, 7, null), TaskBed.Member(5, 7, 99), TaskBed.Member(6, 8, 1));
        await bed.StartAsync(TaskBed.Request(await TaskBed.TarballAsync(file), "acme"));

        var state = await bed.RunAsync();

        Assert.Equal(RelocationStatus.Success, state.Status);
        Assert.Equal(["Ada@example.com", "zoe@example.com"], state.Usernames);
        Assert.Equal(RelocationMessageKind.Started, state.LatestNotified);
        var message = Assert.Single(state.Messages);
        Assert.Equal((RelocationMessageKind.Started, "{\"slugs\":[\"acme\"]}"), (message.Kind, message.Content));
        Assert.Equal(message.UserId, Assert.Single(bed.Sent).UserId);
    }

    [Fact]
    [Parity("addendum", "T-36")]
    public async Task Owner_and_creator_are_told_and_who_is_gone_is_passed_over()
    {
        await using var bed = await ScanningAsync();
        await bed.StartAsync(new RelocationRequest
        {
            File = TaskBed.Request().File, Owner = TaskBed.Owner, Creator = TaskBed.Admin, IsElevated = true, Organizations = ["acme"], Uuid = TaskBed.Uuid,
        });
        await bed.Connection.RunAsync("DELETE FROM sentry_useremail; DELETE FROM sentry_lostpasswordhash; DELETE FROM auth_user WHERE username = 'owner@example.com'");

        var state = await bed.RunAsync();

        Assert.Null(state.Owner);
        Assert.Equal(await bed.Database.TextAsync("SELECT id FROM auth_user"), Assert.Single(state.Messages).UserId.ToString(CultureInfo.InvariantCulture));
        Assert.Equal(RelocationMessageKind.Started, state.LatestNotified);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("nothing")]
    [InlineData("tar of others")]
    [InlineData("cut")]
    [Parity("addendum", "T-13")]
    [Parity("addendum", "T-14")]
    [Parity("10.3", "Scan: tarball")]
    public async Task File_that_is_no_tarball_fails_at_once(string form)
    {
        await using var bed = await ScanningAsync();
        bed.AllowPlainJson = false;
        var tarball = await TaskBed.TarballAsync(TaskBed.File());
        await MustFailAsync(bed, FailureCategory.PreprocessingInvalidTarball, "The file is no encrypted tarball of a backup.", attempts: 1, form switch
        {
            "json" => Encoding.UTF8.GetBytes(TaskBed.File().ToJsonString()),
            "nothing" => [],
            "tar of others" => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString([.. tarball[..512]]).Replace("export.json", "exported.js", StringComparison.Ordinal)),
            _ => tarball[..1000],
        });
    }

    [Theory]
    [InlineData("plain", true)]
    [InlineData("plain", false)]
    [InlineData("compressed", true)]
    [InlineData("compressed", false)]
    [InlineData("encrypted", true)]
    [InlineData("encrypted", false)]
    [Parity("addendum", "T-13")]
    public async Task Plain_and_compressed_files_are_taken_too_where_the_option_allows_them(string form, bool isSeekable)
    {
        await using var bed = await ScanningAsync();
        bed.Storage.IsSeekable = isSeekable;
        using var compressed = new MemoryStream();
        await TaskBed.File().ToBackup().CopyToAsync(BackupDestination.ToStream(compressed).Compressed(), TestContext.Current.CancellationToken);
        await bed.StartAsync(TaskBed.Request(form switch
        {
            "plain" => Encoding.UTF8.GetBytes(TaskBed.File().ToJsonString()),
            "compressed" => compressed.ToArray(),
            _ => await TaskBed.TarballAsync(TaskBed.File()),
        }));

        Assert.Equal(RelocationStatus.Success, (await bed.RunAsync()).Status);
    }

    [Theory]
    [InlineData("key")]
    [InlineData("content")]
    [Parity("addendum", "T-14")]
    [Parity("10.3", "Scan: decryption")]
    public async Task Decryption_is_tried_four_times_and_then_named_as_the_reason(string damaged)
    {
        await using var bed = await ScanningAsync();
        var tarball = await TaskBed.TarballAsync(TaskBed.File());

        // The second member is the key, in the last three blocks but two; the first begins after its header.
        var text = Encoding.Latin1.GetString(tarball);
        var at = damaged == "content" ? 512 + 100 : text.IndexOf("data.key", StringComparison.Ordinal) + 512 + 10;
        tarball[at] = (byte)(tarball[at] == 'A' ? 'B' : 'A');

        await MustFailAsync(
            bed, FailureCategory.PreprocessingDecryption, "The file could not be decrypted: it is damaged, or was encrypted with another public key.", attempts: 4, tarball);
    }

    [Theory]
    [InlineData("not json", "line 1, column 1")]
    [InlineData("{}", "line 1, column 1")]
    [InlineData("[1]", "line 1, column 2, /0")]
    [InlineData("[\n{\"model\": \"user\", \"pk\": 1, \"fields\": {}}]", "line 2, column ")]
    [InlineData("[{\"pk\": 1, \"fields\": {}}]", "line 1, column 2, /0")]
    [InlineData("[{\"model\": \"sentry.organization\", \"fields\": {\"slug\": \"acme\"}}]", "line 1, column 2, /0")]
    [InlineData("[{\"model\": \"sentry.option\", \"pk\": 1, \"fields\": {}}", "line 1, column ")]
    [InlineData("[{\"model\": \"sentry.organization\", \"pk\": 1, \"fields\": {}}]", "/0/fields lacks 'slug'.")]
    [InlineData("[{\"model\": \"sentry.organization\", \"pk\": 1, \"fields\": {\"slug\": 5}}]", "/0/fields/slug is no text.")]
    [InlineData("[{\"model\": \"sentry.user\", \"pk\": 1, \"fields\": {}}]", "/0/fields lacks 'username'.")]
    [InlineData("[{\"model\": \"sentry.organizationmember\", \"pk\": 1, \"fields\": {\"organization\": 1}}]", "/0/fields lacks 'user_id'.")]
    [InlineData("[{\"model\": \"sentry.organization\", \"pk\": 1, \"fields\": {\"slug\": \"a\\ud800\"}}]", "/0")]
    [InlineData("[{\"model\": \"sentry.user\", \"pk\": 1, \"fields\": {\"username\": \"a\\udc00b\"}}]", "/0")]
    [InlineData("[{\"model\": \"sentry.user\", \"pk\": 1, \"fields\": {\"username\": \"a\\u0000b\"}}]", "/0")]
    [InlineData("[{\"model\": \"a\\u0000\", \"pk\": 1, \"fields\": {}}]", "line 1, column ")]
    [InlineData("[{\"model\": \"a\\ud800\", \"pk\": 1, \"fields\": {}}]", "line 1, column ")]
    [InlineData("[{\"model\": \"sentry.user\", \"pk\": 1, \"pk\": 2, \"fields\": {\"username\": \"a\"}}]", "line 1, column ")]
    [InlineData("[{\"model\": \"sentry.user\", \"pk\": 1e400, \"fields\": {\"username\": \"a\"}}]", "line 1, column ")]
    [InlineData("[{\"model\": \"sentry.option\", \"pk\": 1, \"fields\": {}}, {\"model\": \"sentry.organizationmember\", \"pk\": 1, \"fields\": {\"user_id\": 1}}]", "/1/fields lacks 'organization'.")]
    [Parity("addendum", "T-15")]
    [Parity("10.3", "Scan: JSON")]
    public async Task What_is_no_backup_fails_at_once_with_its_place(string json, string place)
    {
        await using var bed = await ScanningAsync();

        // Spelt out as an encrypted tarball too, all of this would come to the same; encrypting refuses to make one of it.
        var reason = await MustFailAsync(
            bed, FailureCategory.PreprocessingInvalidJson, "The file holds no backup that can be read: ", attempts: 1, Encoding.UTF8.GetBytes(json == "not json" ? "[not json" : json));

        Assert.Contains(json == "not json" ? "line 1, column 2" : place, reason, StringComparison.Ordinal);
    }

    [Fact]
    [Parity("addendum", "T-15")]
    public async Task Text_that_is_nested_too_deeply_fails_at_once()
    {
        await using var bed = await ScanningAsync();
        var deep = new string('[', 200_000) + new string(']', 200_000);

        await MustFailAsync(
            bed, FailureCategory.PreprocessingInvalidJson, "The file holds no backup that can be read: line 1, column ", attempts: 1,
            Encoding.UTF8.GetBytes($"[{{\"model\": \"sentry.user\", \"pk\": 1, \"fields\": {{\"username\": {deep}}}}}]"));
    }

    [Theory]
    [InlineData("doubled member")]
    [InlineData("path upwards")]
    [InlineData("link")]
    [InlineData("huge size")]
    [InlineData("huge key")]
    [InlineData("cut content")]
    [InlineData("no key")]
    [InlineData("garbage behind")]
    [Parity("addendum", "T-13")]
    [Parity("addendum", "T-14")]
    public async Task Hostile_tarball_fails_at_once(string form)
    {
        await using var bed = await ScanningAsync();
        bed.AllowPlainJson = false;
        var entries = new List<(string Name, byte[] Content, System.Formats.Tar.TarEntryType Type)>();
        var tarball = await TaskBed.TarballAsync(TaskBed.File());
        using (var reader = new System.Formats.Tar.TarReader(new MemoryStream(tarball)))
        {
            while (reader.GetNextEntry(copyData: true) is { } entry)
            {
                using var content = new MemoryStream();
                entry.DataStream!.CopyTo(content);
                entries.Add((entry.Name, content.ToArray(), System.Formats.Tar.TarEntryType.RegularFile));
            }
        }

        var key = entries.FindIndex(entry => entry.Name == "data.key");
        switch (form)
        {
            case "doubled member":
                entries.Add(entries[0]);
                break;
            case "path upwards":
                entries.Add(("../export.json", [1], System.Formats.Tar.TarEntryType.RegularFile));
                break;
            case "link":
                entries.Add(("link", [], System.Formats.Tar.TarEntryType.SymbolicLink));
                break;
            case "huge key":
                entries[key] = ("data.key", new byte[100_000], System.Formats.Tar.TarEntryType.RegularFile);
                break;
            case "no key":
                entries.RemoveAt(key);
                break;
        }

        using var written = new MemoryStream();
        using (var writer = new System.Formats.Tar.TarWriter(written, System.Formats.Tar.TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var (name, content, type) in entries)
            {
                var entry = new System.Formats.Tar.UstarTarEntry(type, name);
                if (type == System.Formats.Tar.TarEntryType.SymbolicLink)
                {
                    entry.LinkName = "/etc/hostname";
                }
                else
                {
                    entry.DataStream = new MemoryStream(content);
                }

                writer.WriteEntry(entry);
            }
        }

        var bytes = written.ToArray();
        bytes = form switch
        {
            "huge size" => HugeSize(bytes),
            "cut content" => bytes[..600],
            "garbage behind" => [.. bytes[..^1024], .. Enumerable.Repeat((byte)'x', 2048)],
            _ => bytes,
        };
        await MustFailAsync(bed, FailureCategory.PreprocessingInvalidTarball, "The file is no encrypted tarball of a backup.", attempts: 1, bytes);

        static byte[] HugeSize(byte[] bytes)
        {
            Encoding.ASCII.GetBytes("77777777777").CopyTo(bytes, 124);
            return bytes;
        }
    }

    [Fact]
    [Parity("addendum", "T-15")]
    public async Task Organization_of_nobody_may_be_missing_and_other_models_are_not_looked_into()
    {
        await using var bed = await ScanningAsync();
        var file = TaskBed.File();
        file.Add(TaskBed.Record("sentry.organizationmember", 9, new JsonObject { ["user_id"] = null }));
        file.Add(TaskBed.Record("sentry.project", 9, new JsonObject { ["slug"] = 4 }));
        await bed.StartAsync(TaskBed.Request(Encoding.UTF8.GetBytes(file.ToJsonString())));

        Assert.Equal(RelocationStatus.Success, (await bed.RunAsync()).Status);
    }

    [Fact]
    [Parity("addendum", "T-30")]
    [Parity("10.3", "Scan: slugs")]
    public async Task Badly_formatted_slug_fails_and_the_first_in_order_is_named()
    {
        await using var bed = await ScanningAsync();
        await bed.StartAsync(TaskBed.Request(Encoding.UTF8.GetBytes(TaskBed.File().ToJsonString())));
        await bed.Connection.RunAsync("UPDATE sentry_relocation SET want_org_slugs = '[\"acme\",\"b c\",\"Acme\"]'");

        MustHaveFailed(bed, await bed.RunAsync(), FailureCategory.PreprocessingBadSlug, "This is no slug of an organization: Acme", 1);
    }

    [Fact]
    [Parity("10.3", "Scan: users")]
    [Parity("addendum", "T-29")]
    public async Task File_without_users_fails()
    {
        await using var bed = await ScanningAsync();

        await MustFailAsync(
            bed, FailureCategory.PreprocessingNoUsers, "The file holds no user.", 1, Encoding.UTF8.GetBytes(new JsonArray(TaskBed.Organization(1, "acme")).ToJsonString()));
    }

    [Fact]
    [Parity("addendum", "T-29")]
    public async Task Any_user_will_do_wanted_or_not()
    {
        await using var bed = await ScanningAsync();
        var file = new JsonArray(TaskBed.Organization(1, "acme"), TaskBed.User(1, "other@example.com"));
        await bed.StartAsync(TaskBed.Request(Encoding.UTF8.GetBytes(file.ToJsonString())));

        Assert.Equal([], (await bed.RunAsync()).Usernames);
    }

    [Fact]
    [Parity("10.3", "Scan: missing organizations")]
    [Parity("addendum", "T-29")]
    public async Task Missing_organizations_are_listed_in_order()
    {
        await using var bed = await ScanningAsync();

        await MustFailAsync(
            bed, FailureCategory.PreprocessingMissingOrganizations, "The file lacks organizations that are wanted: a-1,zeta", 1,
            Encoding.UTF8.GetBytes(TaskBed.File().ToJsonString()), "zeta", "acme", "a-1");
    }

    [Fact]
    [Parity("addendum", "T-35")]
    public async Task Reason_that_is_longer_than_its_column_is_cut_and_stored()
    {
        await using var bed = await ScanningAsync();
        string[] slugs = [.. Enumerable.Range(100, 60).Select(number => string.Create(CultureInfo.InvariantCulture, $"missing-{number}"))];

        var reason = await MustFailAsync(
            bed, FailureCategory.PreprocessingMissingOrganizations, "The file lacks organizations that are wanted: missing-100,missing-101,", 1,
            Encoding.UTF8.GetBytes(TaskBed.File().ToJsonString()), slugs);

        Assert.Equal(256, reason.Length);
        Assert.EndsWith("...", reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(20, false, true)]
    [InlineData(20, true, false)]
    [InlineData(21, false, false)]
    [Parity("10.3", "Scan: number of organizations")]
    [Parity("addendum", "T-29")]
    public async Task Twenty_organizations_may_be_relocated_and_records_count(int count, bool isOneDoubled, bool isFine)
    {
        await using var bed = await ScanningAsync();
        string[] slugs = [.. Enumerable.Range(0, count).Select(number => string.Create(CultureInfo.InvariantCulture, $"org-{number}"))];
        var file = new JsonArray(TaskBed.User(1, "ada@example.com"));
        foreach (var (index, slug) in slugs.Concat(isOneDoubled ? [slugs[0]] : Array.Empty<string>()).Index())
        {
            file.Add(TaskBed.Organization(index + 1, slug));
        }

        if (isFine)
        {
            await bed.StartAsync(TaskBed.Request(Encoding.UTF8.GetBytes(file.ToJsonString()), slugs));
            Assert.Equal(RelocationStatus.Success, (await bed.RunAsync()).Status);
            return;
        }

        await MustFailAsync(
            bed, FailureCategory.PreprocessingTooManyOrganizations, "The file holds more organizations than a relocation may: 21, and not at most 20.", 1,
            Encoding.UTF8.GetBytes(file.ToJsonString()), slugs);
    }

    [Theory]
    [InlineData(2_000, true)]
    [InlineData(2_001, false)]
    [Parity("10.3", "Scan: number of users")]
    [Parity("addendum", "T-29")]
    public async Task Two_thousand_members_may_be_relocated(int count, bool isFine)
    {
        await using var bed = await ScanningAsync();
        var file = new JsonArray(TaskBed.Organization(1, "acme"), TaskBed.User(1_000_000, "of-nothing@example.com"));
        for (var key = 1; key <= count; key++)
        {
            file.Add(TaskBed.User(key, string.Create(CultureInfo.InvariantCulture, $"user-{key}")));
            file.Add(TaskBed.Member(key, 1, key));
        }

        if (isFine)
        {
            await bed.StartAsync(TaskBed.Request(Encoding.UTF8.GetBytes(file.ToJsonString())));
            Assert.Equal(2_000, (await bed.RunAsync()).Usernames!.Count);
            return;
        }

        await MustFailAsync(
            bed, FailureCategory.PreprocessingTooManyUsers, "The wanted organizations have more members than a relocation may: 2001, and not at most 2000.", 1,
            Encoding.UTF8.GetBytes(file.ToJsonString()));
    }

    [Theory]
    [InlineData("tarball", nameof(FailureCategory.PreprocessingInvalidTarball))]
    [InlineData("json", nameof(FailureCategory.PreprocessingInvalidJson))]
    [InlineData("slug", nameof(FailureCategory.PreprocessingBadSlug))]
    [InlineData("users", nameof(FailureCategory.PreprocessingNoUsers))]
    [InlineData("missing", nameof(FailureCategory.PreprocessingMissingOrganizations))]
    [InlineData("organizations", nameof(FailureCategory.PreprocessingTooManyOrganizations))]
    [Parity("10.3", "Scan: order")]
    public async Task First_check_that_fails_in_their_order_gives_the_reason(string first, string category)
    {
        // Everything that comes after the first is wrong too.
        string[] order = ["tarball", "json", "slug", "users", "missing", "organizations"];
        var isWrong = order.ToDictionary(check => check, check => Array.IndexOf(order, check) >= Array.IndexOf(order, first));
        await using var bed = await ScanningAsync();
        bed.Limits = new RelocationLimits { Organizations = 0, Users = -1 };
        var file = new JsonArray(TaskBed.Organization(1, "acme"));
        if (!isWrong["users"])
        {
            file.Add(TaskBed.User(1, "ada@example.com"));
        }

        if (isWrong["json"])
        {
            file.Add(TaskBed.Record("sentry.user", 9, []));
        }

        await bed.StartAsync(TaskBed.Request(isWrong["tarball"] ? [(byte)'x'] : Encoding.UTF8.GetBytes(file.ToJsonString()), isWrong["missing"] ? ["acme", "none"] : ["acme"]));
        if (isWrong["slug"])
        {
            await bed.Connection.RunAsync("UPDATE sentry_relocation SET want_org_slugs = '[\"acme\",\"none\",\"Bad\"]'");
        }

        var state = await bed.RunAsync();

        Assert.StartsWith(FailureReason.Of(Enum.Parse<FailureCategory>(category)).Text[..20], state.FailureReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, RelocationStatus.Success)]
    [InlineData(4, RelocationStatus.Failure)]
    [Parity("addendum", "T-14")]
    public async Task Storage_that_cannot_be_read_is_tried_again(int faults, RelocationStatus status)
    {
        await using var bed = await ScanningAsync();
        await bed.StartAsync();
        var left = faults;
        bed.Storage.Fault = _ => left-- > 0 ? new IOException("not now") : null;

        var state = await bed.RunAsync();

        Assert.Equal(status, state.Status);
        Assert.Equal(status == RelocationStatus.Failure ? "The file could not be prepared: an error within the relocation." : null, state.FailureReason);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Parity("10.2", "UPLOADING_COMPLETE")]
    [Parity("addendum", "T-14")]
    public async Task File_that_is_gone_fails_the_upload_after_four_attempts(bool isRow)
    {
        await using var bed = await ScanningAsync();
        bed.Own[RelocationTaskName.UploadingComplete] = new UploadingCompleteStep();
        await bed.StartAsync();
        await (isRow ? bed.Connection.RunAsync("DELETE FROM sentry_relocationfile") : bed.Storage.DeleteAsync(bed.Storage.Files.Single().Key, TestContext.Current.CancellationToken));

        MustHaveFailed(bed, await bed.RunAsync(), FailureCategory.UploadingInternal, "The file could not be received: an error within the relocation.", 4);
    }

    [Fact]
    [Parity("10.2", "UPLOADING_START")]
    [Parity("addendum", "T-14")]
    public async Task Relocation_between_cells_without_a_slug_fails_at_once()
    {
        await using var bed = await ScanningAsync();
        bed.Own[RelocationTaskName.UploadingStart] = new UploadingStartStep();
        await bed.StartAsync();
        await bed.Connection.RunAsync("UPDATE sentry_relocation SET want_org_slugs = '[]', provenance = 1");

        MustHaveFailed(
            bed, await bed.RunAsync(), FailureCategory.UploadingMissingSlug, "The relocation names no organization to fetch from the other cell.", 1);
    }

    private static async Task<string> MustFailAsync(
        TaskBed bed, FailureCategory category, string reason, int attempts, byte[] file, params string[] slugs)
    {
        await bed.StartAsync(TaskBed.Request(file, slugs));
        return MustHaveFailed(bed, await bed.RunAsync(), category, reason, attempts);
    }

    /// <summary>A failure has its reason, which fits its column, and its message; nothing else of the file is stored.</summary>
    private static string MustHaveFailed(TaskBed bed, RelocationState state, FailureCategory category, string reason, int attempts)
    {
        Assert.Equal((RelocationStatus.Failure, RelocationMessageKind.Failed), (state.Status, state.LatestNotified));
        Assert.StartsWith(reason, state.FailureReason, StringComparison.Ordinal);
        Assert.StartsWith(FailureReason.Of(category).Text[..12], state.FailureReason, StringComparison.Ordinal);
        Assert.InRange(state.FailureReason!.Length, 1, 256);
        Assert.Equal(attempts, state.LatestTaskAttempts);
        Assert.Null(state.Usernames);
        var message = Assert.Single(state.Messages);
        Assert.Equal((RelocationMessageKind.Failed, state.FailureReason), (message.Kind, JsonNode.Parse(message.Content)!["reason"]!.GetValue<string>()));
        Assert.Equal(message.Kind, Assert.Single(bed.Sent).Kind);
        return state.FailureReason;
    }

    private async Task<TaskBed> ScanningAsync()
    {
        var bed = await TaskBed.CreateAsync(engine);
        bed.Own[RelocationTaskName.PreprocessingScan] = new ScanStep();
        return bed;
    }
}
