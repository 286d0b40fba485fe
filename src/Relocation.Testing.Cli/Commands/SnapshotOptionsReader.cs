using System.CommandLine;
using Relocation.Testing.Cli.Reviewing;

namespace Relocation.Testing.Cli.Commands;

/// <summary>The options for the location of snapshots.</summary>
internal sealed class SnapshotOptionsReader
{
    private readonly Option<string> _folder = new("--folder")
    {
        Description = "The folder to search, with all folders in it. Default: the current one.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => ".",
    };

    private readonly Option<string?> _artifacts = new("--artifacts")
    {
        Description = "Where a build server left received files. Default: $RELOCATION_ARTIFACTS, or artifacts/snapshots in the repository.",
        HelpName = "FOLDER",
    };

    internal SnapshotOptionsReader(Command command)
    {
        command.Add(_folder);
        command.Add(_artifacts);
    }

    internal SnapshotSearch Read(ParseResult parse) => new(parse.GetValue(_folder)!, parse.GetValue(_artifacts));
}
