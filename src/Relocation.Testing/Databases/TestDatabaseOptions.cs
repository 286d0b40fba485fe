using System.Data.Common;
using Relocation.Testing.Databases;
using Relocation.Testing.Engines;
using Relocation.Testing.Importing.Rules;

namespace Relocation.Testing;

/// <summary>What a <see cref="TestDatabase"/> is made of.</summary>
public sealed record TestDatabaseOptions : DatabaseOptions
{
    /// <summary>Creates the options of a database of a model.</summary>
    public TestDatabaseOptions()
        : base(SchemaSource.None)
    {
    }

    /// <summary>The model of its tables, for importing.</summary>
    [Option(OptionKind.Rows)]
    public required RelocationModel Model { get; init; }

    /// <summary>Adds to the baseline what no backup holds, after the imports, on an open connection. Default: nothing.</summary>
    [Option(OptionKind.Rows)]
    public Func<DbConnection, CancellationToken, Task>? Seed { get; init; }

    internal override TestDatabaseSetup ToSetup()
    {
        Check();
        return new TestDatabaseSetup(this)
        {
            Model = new Lazy<RelocationModel>(Model ?? throw DatabaseErrors.MissingOption(nameof(Model))),
            Seed = Seed is null ? null : (connection, _, cancellationToken) => Seed(connection, cancellationToken),
        };
    }
}
