using System.CommandLine;
using Relocation.Testing.Cli.Terminals;

namespace Relocation.Testing.Cli.Commands;

/// <summary><c>relocation snapshot</c>.</summary>
internal sealed class SnapshotCommand : Command
{
    internal SnapshotCommand(Terminal terminal)
        : base("snapshot", "Reviews received snapshots that are not approved yet.")
    {
        Add(new SnapshotListCommand(terminal));
        Add(new SnapshotShowCommand(terminal));
        Add(new SnapshotDecisionCommand(terminal, isAcceptance: true));
        Add(new SnapshotDecisionCommand(terminal, isAcceptance: false));
    }
}
