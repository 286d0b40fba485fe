using Relocation.Testing.Specification.Chaos;
using Relocation.Testing.Specification.Databases;

namespace Relocation.Testing.Sqlite.Tests.Databases;

/// <summary>Where a shell can say so, no file may become larger than 2 MB.</summary>
public sealed class SqliteChaosTests() : ChaosSpecification(typeof(SqliteChaosTests).Assembly.Location)
{
    private static readonly bool HasShell = !OperatingSystem.IsWindows();

    protected override int Sample => 640;

    protected override DatabaseUnderTest Engine { get; } = new SqliteUnderTest(SqliteTarget.TemporaryFile);

    protected override string? SmallPlace => HasShell ? "everywhere" : null;

    /// <summary>The signal would end the process; and .NET itself maps code by way of a file that is larger.</summary>
    protected override IReadOnlyList<string> Command => HasShell
        ? ["/bin/sh", "-c", "trap '' XFSZ; ulimit -f 4096; export DOTNET_EnableWriteXorExecute=0; exec dotnet \"$@\"", "chaos"]
        : base.Command;
}
