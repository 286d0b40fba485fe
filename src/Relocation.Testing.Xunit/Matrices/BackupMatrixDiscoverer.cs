using Relocation.Testing.Cases;
using Relocation.Testing.Xunit.Running;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace Relocation.Testing.Xunit.Matrices;

/// <summary>Creates the test cases of a <see cref="BackupMatrixAttribute"/>.</summary>
internal sealed class BackupMatrixDiscoverer(IMessageSink diagnostics) : IXunitTestCaseDiscoverer
{
    internal const string Name = $"{DatabaseFactDiscoverer.Assembly}.Matrices.{nameof(BackupMatrixDiscoverer)}";

    public IEnumerable<IXunitTestCase> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, ITestMethod testMethod, IAttributeInfo factAttribute)
    {
        var (display, options) = (discoveryOptions.MethodDisplayOrDefault(), discoveryOptions.MethodDisplayOptionsOrDefault());
        try
        {
            var attribute = (BackupMatrixAttribute)((IReflectionAttributeInfo)factAttribute).Attribute;
            return [.. Cases(testMethod, attribute).Select(found =>
                new BackupTestCase(found, attribute.Versions, attribute.ApprovedPerEngine, diagnostics, display, options, testMethod))];
        }
        catch (Exception exception) when (exception is InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // Without a case the error would go unnoticed.
            return [new ExecutionErrorTestCase(diagnostics, display, options, testMethod, exception.Message)];
        }
    }

    private static IReadOnlyList<BackupCase> Cases(ITestMethod testMethod, BackupMatrixAttribute attribute)
    {
        if (testMethod.Method.GetParameters().Any())
        {
            throw MatrixErrors.MatrixMethodHasParameters(testMethod.Method.Name);
        }

        var type = ((IReflectionTypeInfo)testMethod.TestClass.Class).Type;
        return type.IsAssignableTo(typeof(RelocationTest))
            ? BackupFiles.FindCases(attribute.Pattern, attribute.Versions, attribute.Engines, attribute.SourceFile)
            : throw MatrixErrors.MatrixOutsideRelocationTest(type.Name);
    }
}
