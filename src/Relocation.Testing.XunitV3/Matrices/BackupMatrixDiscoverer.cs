using Relocation.Testing.Cases;
using Xunit.Sdk;
using Xunit.v3;

namespace Relocation.Testing.XunitV3.Matrices;

/// <summary>Creates the test cases of a <see cref="BackupMatrixAttribute"/>.</summary>
internal sealed class BackupMatrixDiscoverer : IXunitTestCaseDiscoverer
{
    public ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute)
    {
        var details = TestIntrospectionHelper.GetTestCaseDetails(discoveryOptions, testMethod, factAttribute);
        try
        {
            return new([.. Cases(testMethod, (BackupMatrixAttribute)factAttribute, details)]);
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // Without a case the error would go unnoticed.
            return new([new ExecutionErrorTestCase(
                details.ResolvedTestMethod,
                details.TestCaseDisplayName,
                details.UniqueID,
                details.SourceFilePath,
                details.SourceLineNumber,
                exception.Message)]);
        }
    }

    private static IEnumerable<BackupTestCase> Cases(
        IXunitTestMethod testMethod,
        BackupMatrixAttribute attribute,
        (string TestCaseDisplayName, bool Explicit, Type[]? SkipExceptions, string? SkipReason, Type? SkipType, string? SkipUnless,
            string? SkipWhen, string? SourceFilePath, int? SourceLineNumber, int Timeout, string UniqueID,
            IXunitTestMethod ResolvedTestMethod) details)
    {
        if (testMethod.Parameters.Count > 0)
        {
            throw MatrixErrors.MatrixMethodHasParameters(testMethod.MethodName);
        }

        if (!testMethod.TestClass.Class.IsAssignableTo(typeof(RelocationTest)))
        {
            throw MatrixErrors.MatrixOutsideRelocationTest(testMethod.TestClass.Class.Name);
        }

        return BackupFiles.FindCases(attribute.Pattern, attribute.Versions, attribute.Engines, attribute.SourceFilePath ?? string.Empty)
            .Select(backupCase => new BackupTestCase(
                backupCase,
                attribute.Versions,
                attribute.ApprovedPerEngine,
                details.ResolvedTestMethod,
                $"{details.TestCaseDisplayName}({backupCase})",
                UniqueIDGenerator.ForTestCase(testMethod.UniqueID, null, [.. backupCase.Arguments(perEngine: true).Select(argument => argument.Value?.ToString())]),
                details.Explicit,
                details.SkipExceptions,
                details.SkipReason,
                details.SkipType,
                details.SkipUnless,
                details.SkipWhen,
                Traits(testMethod, backupCase),
                details.SourceFilePath,
                details.SourceLineNumber,
                details.Timeout));
    }

    private static Dictionary<string, HashSet<string>> Traits(IXunitTestMethod testMethod, BackupCase backupCase)
    {
        var traits = testMethod.Traits.ToDictionary(
            trait => trait.Key, trait => trait.Value.ToHashSet(StringComparer.OrdinalIgnoreCase), StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in backupCase.Traits())
        {
            traits[name] = [value];
        }

        return traits;
    }
}
