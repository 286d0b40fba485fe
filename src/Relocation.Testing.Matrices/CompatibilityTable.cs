using Relocation.Testing.Matrices;

namespace Relocation.Testing;

/// <summary>Which backups fit which versions of the tables on which engines.</summary>
public sealed class CompatibilityTable
{
    private readonly Dictionary<(string Backup, string Version, string Engine), CompatibilityCell> _cells;

    internal CompatibilityTable(
        IReadOnlyList<string> backups, IReadOnlyList<string> versions, IReadOnlyList<string> engines, IEnumerable<CompatibilityCell> cells)
    {
        Backups = backups;
        Versions = versions;
        Engines = engines;
        _cells = cells.ToDictionary(cell => (cell.Backup, cell.Version, cell.Engine));
        Cells = [.. backups.SelectMany(backup => versions.SelectMany(version => engines.Select(engine => _cells[(backup, version, engine)])))];
    }

    /// <summary>What the table calls the backups, in the order in which they were given.</summary>
    public IReadOnlyList<string> Backups { get; }

    /// <summary>The versions' names, in the order in which they were given.</summary>
    public IReadOnlyList<string> Versions { get; }

    /// <summary>The engines' names, in the order in which their targets were given.</summary>
    public IReadOnlyList<string> Engines { get; }

    /// <summary>All cells, ordered by backup, version and engine.</summary>
    public IReadOnlyList<CompatibilityCell> Cells { get; }

    /// <summary>One cell.</summary>
    /// <param name="backup">A backup, as the table calls it.</param>
    /// <param name="version">A version's name.</param>
    /// <param name="engine">An engine's name.</param>
    /// <exception cref="ArgumentException">The table has no such cell.</exception>
    public CompatibilityCell Find(string backup, string version, string engine) =>
        _cells.GetValueOrDefault((backup, version, engine)) ?? throw CompatibilityErrors.NoSuchCell(backup, version, engine);

    /// <summary>
    /// The table as text to approve: for each backup the versions, and below each what differs, a line each. Engines that agree share
    /// their lines. Nothing of it depends on machine or time.
    /// </summary>
    public string ToText() => CompatibilityText.Of(this);

    /// <summary>The table in Markdown: backups by versions, and then what differs.</summary>
    public string ToMarkdown() => CompatibilityMarkdown.Of(this);

    /// <summary>The table as one JSON document: names, and every cell with its findings.</summary>
    public string ToJson() => CompatibilityJson.Of(this);

    /// <summary>How many cells there are of each result.</summary>
    public override string ToString() => CompatibilityText.Summary(this);

    /// <summary>The cells of a backup and a version, those of engines that agree together.</summary>
    internal IReadOnlyList<(string Engines, CompatibilityCell Cell)> Agreeing(string backup, string version)
    {
        var groups = new List<List<CompatibilityCell>>();
        foreach (var cell in Engines.Select(engine => Find(backup, version, engine)))
        {
            if (groups.Find(group => group[0].Agrees(cell)) is { } agreeing)
            {
                agreeing.Add(cell);
            }
            else
            {
                groups.Add([cell]);
            }
        }

        return [.. groups.Select(group => (string.Join(", ", group.Select(cell => cell.Engine)), group[0]))];
    }
}
