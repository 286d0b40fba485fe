using Relocation.Testing.Cases;
using Xunit.Sdk;
using Xunit.v3;

namespace Relocation.Testing.XunitV3.Matrices;

/// <summary>Creates the test cases of a <see cref="BackupMatrixAttribute"/>.</summary>
internal sealed class BackupMatrixDiscoverer : IXunitTestCaseDiscoverer
{
    /// <remarks>
    /// What the attribute says of a test is taken from the test case of a plain fact: the ways to ask xUnit for it differ between its versions.
    /// </remarks>
    public async ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute)
    {
        var facts = await new FactDiscoverer().Discover(discoveryOptions, testMethod, factAttribute).ConfigureAwait(false);
        var fact = facts.First();
        try
        {
            return [.. Cases(testMethod, (BackupMatrixAttribute)factAttribute, fact)];
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // Without a case the error would go unnoticed.
            return [new ExecutionErrorTestCase(
                testMethod,
                fact.TestCaseDisplayName,
                fact.UniqueID,
                fact.SourceFilePath,
                fact.SourceLineNumber,
                exception.Message)];
        }
    }

    private static IEnumerable<BackupTestCase> Cases(IXunitTestMethod testMethod, BackupMatrixAttribute attribute, IXunitTestCase fact)
    {
        if (testMethod.Parameters.Count > 0)
        {
            throw MatrixErrors.MatrixMethodHasParameters(testMethod.MethodName);
        }

        // Asked of the method, since xUnit 4 has moved the property of its test class.
        var type = testMethod.Method.ReflectedType;
        if (!typeof(RelocationTest).IsAssignableFrom(type))
        {
            throw MatrixErrors.MatrixOutsideRelocationTest(type?.Name ?? testMethod.TestClass.TestClassName);
        }

        return BackupFiles.FindCases(attribute.Pattern, attribute.Versions, attribute.Engines, attribute.SourceFilePath ?? string.Empty)
            .Select(backupCase => new BackupTestCase(
                backupCase,
                attribute.Versions,
                attribute.ApprovedPerEngine,
                testMethod,
                $"{fact.TestCaseDisplayName}({backupCase})",
                UniqueIDGenerator.ForTestCase(testMethod.UniqueID, null, [.. backupCase.Arguments(perEngine: true).Select(argument => argument.Value?.ToString())]),
                fact.Explicit,
                attribute.SkipExceptions,
                attribute.Skip,
                attribute.SkipType,
                attribute.SkipUnless,
                attribute.SkipWhen,
                Traits(testMethod, backupCase),
                fact.SourceFilePath,
                fact.SourceLineNumber,
                attribute.Timeout));
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
