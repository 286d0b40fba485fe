using System.CommandLine;
using Relocation.Testing.Cli.Output;

namespace Relocation.Testing.Cli.Commands;

/// <summary>The options for the pk map.</summary>
internal sealed class MapOptions
{
    private const string Ordinal = "ordinal";

    private readonly Option<string?> _map = new("--map")
    {
        Description = "Write the pk map to a file, or with - to standard output (with --json: into the document).",
        HelpName = "FILE",
    };

    private readonly Option<string?> _approved = new("--approved")
    {
        Description = "Compare the pk map with an approved file. A difference is shown and gives exit code 1; the rows stay.",
        HelpName = "FILE",
    };

    private readonly Option<string> _newKeys = new("--new-keys")
    {
        Description = "Show new keys as they are, or by their position among the model's keys, for databases with different counters.",
        DefaultValueFactory = _ => "absolute",
    };

    internal MapOptions(Command command)
    {
        _newKeys.AcceptOnlyFromAmong("absolute", Ordinal);
        command.Add(_map);
        command.Add(_approved);
        command.Add(_newKeys);
    }

    internal MapOutput Read(ParseResult parse)
    {
        return new MapOutput(parse.GetValue(_map), parse.GetValue(_approved), new SnapshotOptions { NumbersNewKeys = parse.GetValue(_newKeys) == Ordinal });
    }
}
