using System.Runtime.CompilerServices;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Builders;
using Relocation.Testing.Cases;
using Relocation.Testing.NUnit.Matrices;

namespace Relocation.Testing;

/// <summary>One test for each backup that matches a pattern, on each engine and, optionally, in each version of the tables.</summary>
/// <remarks>
/// The method has no parameters, and its class derives from <see cref="RelocationTest{TContext}"/> or <see cref="RelocationTest"/>:
/// <c>Database</c> is a database of that engine with that backup as its baseline, created for the test, and <c>BackupCase</c> says which
/// they are. See <see cref="BackupFiles"/> for the pattern. A pattern without a match is a failing test. Tests of an unavailable engine are
/// ignored on a developer machine and fail on a build server. The tests have the properties <c>Backup</c>, <c>Engine</c> and
/// <c>Version</c>, to filter by.
/// </remarks>
/// <param name="pattern">A path from the source file's or the project's folder, like <c>backups/**/*.json</c>.</param>
/// <param name="sourceFile">The test's source file; set by the compiler.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BackupMatrixAttribute(string pattern, [CallerFilePath] string sourceFile = "")
    : NUnitAttribute, ITestBuilder, IImplyFixture
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

    /// <summary>Makes the tests. NUnit calls it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="suite">What the tests become a part of, or null.</param>
    public IEnumerable<TestMethod> BuildFrom(IMethodInfo method, Test? suite)
    {
        ArgumentNullException.ThrowIfNull(method);
        var builder = new NUnitTestCaseBuilder();
        try
        {
            return [.. Cases(method).Select(backup => Build(builder, method, suite, backup))];
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // Without a test nobody would see that there is something wrong.
            var test = new TestMethod(method, suite);
            test.MakeInvalid(exception.Message);
            return [test];
        }
    }

    private IReadOnlyList<BackupCase> Cases(IMethodInfo method)
    {
        if (method.GetParameters().Length > 0)
        {
            throw MatrixErrors.MatrixMethodHasParameters(method.Name);
        }

        return method.TypeInfo.Type.IsAssignableTo(typeof(RelocationTestBase))
            ? BackupFiles.FindCases(Pattern, Versions, Engines, sourceFile)
            : throw MatrixErrors.MatrixOutsideRelocationTest(method.TypeInfo.Type.Name);
    }

    private TestMethod Build(NUnitTestCaseBuilder builder, IMethodInfo method, Test? suite, BackupCase backup)
    {
        var test = builder.BuildTestMethod(method, suite, new TestCaseParameters { TestName = $"{method.Name}({backup})" });
        new MatrixTest(backup, ApprovedPerEngine).AddTo(test.Properties);
        return test;
    }
}
