using System.Reflection;
using System.Runtime.CompilerServices;
using Relocation.Testing.Cases;

namespace Relocation.Testing;

/// <summary>One test for each backup that matches a pattern, on each engine and, optionally, in each version of the tables.</summary>
/// <remarks>
/// The method takes a <see cref="BackupCase"/>, and its class derives from <see cref="RelocationTest{TContext}"/> or <see
/// cref="RelocationTest"/>: <c>Database</c> is a database of that engine with that backup as its baseline, created for the test. See <see
/// cref="BackupFiles"/> for the pattern. A pattern without a match is a failing test. Tests of an unavailable engine are skipped on a
/// developer machine and fail on a build server. The attribute stands in place of <c>[TestMethod]</c>.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BackupMatrixAttribute : TestMethodAttribute, ITestDataSource
{
    private readonly string _sourceFile;

    /// <summary>Asks for tests of backups.</summary>
    /// <param name="pattern">A path from the source file's or the project's folder, like <c>backups/**/*.json</c>.</param>
    /// <param name="sourceFile">The test's source file; set by the compiler.</param>
    /// <param name="sourceLine">The line; set by the compiler.</param>
    public BackupMatrixAttribute(string pattern, [CallerFilePath] string sourceFile = "", [CallerLineNumber] int sourceLine = -1)
        : base(sourceFile, sourceLine)
    {
        Pattern = pattern;
        _sourceFile = sourceFile;
    }

    /// <summary>The files.</summary>
    public string Pattern { get; }

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

    /// <summary>The cases. MSTest calls it.</summary>
    /// <param name="methodInfo">The method.</param>
    /// <exception cref="InvalidOperationException">The method or its class does not fit, or no backup matches.</exception>
    public IEnumerable<object?[]> GetData(MethodInfo methodInfo)
    {
        ArgumentNullException.ThrowIfNull(methodInfo);
        var parameters = methodInfo.GetParameters().Select(parameter => parameter.ParameterType).ToList();
        MatrixMethod.Check(methodInfo.ReflectedType, typeof(RelocationTestBase), methodInfo.Name, parameters);
        return BackupFiles.FindCases(Pattern, Versions, Engines, _sourceFile).Select(backup => new object?[] { backup });
    }

    /// <summary>The test's name with the case. MSTest calls it.</summary>
    /// <param name="methodInfo">The method.</param>
    /// <param name="data">The case.</param>
    public string? GetDisplayName(MethodInfo methodInfo, object?[]? data)
    {
        ArgumentNullException.ThrowIfNull(methodInfo);
        return $"{methodInfo.Name}({data?[0]})";
    }
}
