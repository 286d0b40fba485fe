using Relocation.Testing.Specification.Databases;
using Relocation.Testing.Specification.Models.Everything;

namespace Relocation.Testing.Specification.Models;

/// <summary>Databases of the model that has every mapping.</summary>
internal static class EverythingDatabases
{
    /// <summary>What columns that backups do not hold become.</summary>
    internal static Dictionary<string, object> Defaults { get; } = new() { ["rating"] = 42, ["origin"] = "here" };

    internal static Task<TestDatabase<EverythingContext>> EverythingAsync(this DatabaseUnderTest engine) =>
        TestDatabase.CreateAsync(
            new TestDatabaseOptions<EverythingContext>
            {
                Target = engine.Target,
                CreateContext = options => new EverythingContext(engine.WithEnums(options)),
            },
            TestContext.Current.CancellationToken);
}
