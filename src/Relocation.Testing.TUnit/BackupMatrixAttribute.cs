using System.Runtime.CompilerServices;
using Relocation.Testing.Cases;
using TUnit.Core.Interfaces;

namespace Relocation.Testing;

/// <summary>One test for each backup that matches a pattern, on each engine and, optionally, in each version of the tables.</summary>
/// <remarks>
/// The method has <c>[Test]</c> and takes a <see cref="BackupCase"/>, and its class derives from <see cref="RelocationTest{TContext}"/> or
/// <see cref="RelocationTest"/>: <c>Database</c> is a database of that engine with that backup as its baseline, created for the test. See
/// <see cref="BackupFiles"/> for the pattern. A pattern without a match is a failing test. Tests of an unavailable engine are skipped on a
/// developer machine and fail on a build server. The tests have the properties <c>Backup</c>, <c>Engine</c> and <c>Version</c>, to filter
/// by.
/// </remarks>
/// <param name="pattern">A path from the source file's or the project's folder, like <c>backups/**/*.json</c>.</param>
/// <param name="sourceFile">The test's source file; set by the compiler.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BackupMatrixAttribute(string pattern, [CallerFilePath] string sourceFile = "")
    : Attribute, IDataSourceAttribute, ITestDiscoveryEventReceiver
{
    /// <summary>The files.</summary>
    public string Pattern { get; } = pattern;

    /// <summary>
    /// The types of the engines, like <c>typeof(SqliteEngine)</c>. Default: each engine whose package the tests reference.
    /// </summary>
    public Type[] Engines { get; set; } = [];

    /// <summary>
    /// The type that lists versions of the tables: an <see cref="ISchemaVersions"/> with a public constructor without parameters, like
    /// <c>typeof(SentrySchemas)</c>. Each backup is imported into each, with an approved map for each; the class derives from
    /// <see cref="RelocationTest"/>. Default: none, so that the tables are those of the fixture.
    /// </summary>
    public Type? Versions { get; set; }

    /// <summary>
    /// Whether each engine has approved files of its own. Default: no, since engines give the same map of a backup.
    /// </summary>
    public bool ApprovedPerEngine { get; set; }

    /// <summary>Whether TUnit skips a test without cases. It does not: that is a failure.</summary>
    public bool SkipIfEmpty { get; set; }

    /// <summary>Whether TUnit makes the cases when it runs the test rather than before. It does not: they are listed and filtered.</summary>
    public bool DeferEnumeration { get; set; }

    /// <summary>The cases. TUnit calls it.</summary>
    /// <param name="dataGeneratorMetadata">What TUnit says about the method.</param>
    /// <exception cref="InvalidOperationException">The method or its class does not fit, or no backup matches.</exception>
    public async IAsyncEnumerable<Func<Task<object?[]?>>> GetDataRowsAsync(DataGeneratorMetadata dataGeneratorMetadata)
    {
        ArgumentNullException.ThrowIfNull(dataGeneratorMetadata);
        if (dataGeneratorMetadata.TestInformation is { } method)
        {
            var parameters = method.Parameters.Select(parameter => parameter.Type).ToList();
            MatrixMethod.Check(method.Class.Type, typeof(RelocationTestBase), method.Name, parameters);
        }

        foreach (var backup in BackupFiles.FindCases(Pattern, Versions, Engines, sourceFile))
        {
            yield return () => Task.FromResult<object?[]?>([backup]);
        }

        await Task.CompletedTask.ConfigureAwait(false);
    }

    /// <summary>Names the test by its case, and says what it can be filtered by. TUnit calls it.</summary>
    /// <param name="context">The test.</param>
    public ValueTask OnTestDiscovered(DiscoveredTestContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (context.TestDetails.TestMethodArguments is [BackupCase backup])
        {
            context.SetDisplayName($"{context.TestDetails.MethodName}({backup})");
            foreach (var (name, value) in backup.Traits())
            {
                context.AddProperty(name, value);
            }
        }

        return ValueTask.CompletedTask;
    }
}
