using System.Runtime.CompilerServices;
using Relocation.Testing.Xunit.Matrices;
using Relocation.Testing.Xunit.Running;
using Xunit;
using Xunit.Sdk;

namespace Relocation.Testing;

/// <summary>One test for each backup that matches a pattern, on each engine and, optionally, in each version of the tables.</summary>
/// <remarks>
/// The method has no parameters, and its class derives from <see cref="RelocationTest{TContext}"/> or <see cref="RelocationTest"/>:
/// <c>Database</c> is a database of that engine with that backup as its baseline, created for the test, and <c>BackupCase</c> says which
/// they are. See <see cref="BackupFiles"/> for the pattern. A pattern without a match is a failing test. Tests of an unavailable engine are
/// skipped on a developer machine and fail on a build server. The tests have the traits <c>Backup</c>, <c>Engine</c> and <c>Version</c>.
/// </remarks>
/// <param name="pattern">A path from the source file's or the project's folder, like <c>backups/**/*.json</c>.</param>
/// <param name="sourceFile">The test's source file; set by the compiler.</param>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(BackupMatrixDiscoverer.Name, DatabaseFactDiscoverer.Assembly)]
public sealed class BackupMatrixAttribute(string pattern, [CallerFilePath] string sourceFile = "") : FactAttribute
{
    /// <summary>The files.</summary>
    public string Pattern { get; } = pattern;

    internal string SourceFile { get; } = sourceFile;

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
}
