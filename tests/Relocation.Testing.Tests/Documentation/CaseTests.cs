using System.Text.RegularExpressions;
using Xunit;

namespace Relocation.Testing.Tests.Documentation;

/// <summary>Each case of real use on which the product was wrong has a test that carries its name.</summary>
public sealed partial class CaseTests
{
    /// <summary>Folders of cases whose mending is still to come. Each capability that is built empties its part.</summary>
    private static readonly string[] Later = [];

    /// <summary>Backups of Sentry's newer releases, of which a catalogue is still to come.</summary>
    private static readonly string[] NewerBackups = ["backup-2025-11", "backup-suspended-user", "newer-2025-11", "newer-view-without-position"];

    /// <summary>Rows of the cases' tables: parts of folders that hold several, and rows that have no folder.</summary>
    private static readonly string[] Rows =
    [
        "accept", "closed-input", "compare-masked", "compare-text", "connection-strings", "contexts/c", "contexts/e", "contexts/guids", "contexts/m", "contexts/o",
        "contexts/one-to-one",
        "field-names", "floors", "full-device", "full-disks", "guard-symlinks", "hostile/labels", "hostile/many-fields", "import-tar-without-key", "import-users-help",
        "json-report-filtered", "load/bad-database-again", "load/cold-cache", "load/lock-timeout", "load/restart-sweep", "load/reuse-timeout",
        "load/server-ended", "load/too-many-clients", "long-label", "matrix-exit", "messages/animal", "messages/m2m", "messages/ring", "messages/two", "missing-approved",
        "more/locked", "more/marks", "more/pooltx", "more/skips", "option-names", "options/resume", "options/reuse", "options/resume-model", "options/resume-policy",
        "output-files", "resume-type-name", "segments", "sentry/backup-2025-11", "sentry/backup-suspended-user", "sentry/digits", "sentry/leaks", "sentry/localhost", "sentry/monitor-self", "sentry/newer-2025-11", "sentry/newer-view-without-position", "server-causes", "server-in-memory",
        "snapshot-list", "wrong-advice",
    ];

    [Fact]
    public void Every_folder_has_a_test_or_is_still_to_come()
    {
        var folders = Directory.GetDirectories(Repository.Shared("cases")).Select(folder => Path.GetFileName(folder));
        var tested = Tested().Select(name => name.Split('/')[0]).ToHashSet(StringComparer.Ordinal);

        Assert.Empty(folders.Where(folder => !tested.Contains(folder) && !Later.Contains(folder)).Order(StringComparer.Ordinal));
    }

    /// <summary>The folder holds many cases, one a file.</summary>
    [Fact]
    public void Every_backup_of_Sentry_has_a_test_or_is_of_a_newer_release()
    {
        var backups = Directory.GetFiles(Repository.Shared("cases", "sentry"), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).ToList();

        Assert.True(backups.Count > NewerBackups.Length);
        Assert.Empty(backups.Except(NewerBackups).Select(backup => $"sentry/{backup}").Except(Tested(), StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_row_has_a_test() => Assert.Empty(Rows.Except(Tested(), StringComparer.Ordinal));

    [Fact]
    public void What_is_still_to_come_has_no_test_yet() => Assert.Empty(Later.Intersect(Tested(), StringComparer.Ordinal));

    /// <summary>Read from the sources: the tests of all projects count, and none of them refers to all the others.</summary>
    private static HashSet<string> Tested() => Directory.GetFiles(Path.Combine(Repository.Root, "tests"), "*.cs", SearchOption.AllDirectories)
        .Where(file => !file.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
        .SelectMany(File.ReadLines)
        .SelectMany(line => Attributes().Matches(line))
        .Select(match => match.Groups[1].Value)
        .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex("""^\s*\[.*?\bCase\("([^"]+)"\)""")]
    private static partial Regex Attributes();
}
