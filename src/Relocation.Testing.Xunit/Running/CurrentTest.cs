using System.Reflection;
using Relocation.Testing.Keys;
using Relocation.Testing.Xunit.Matrices;
using Xunit;
using Xunit.Abstractions;

namespace Relocation.Testing.Xunit.Running;

/// <summary>The test that a class was made for, as far as it is known: from a test case of ours, or else from the test's output, or not at all.</summary>
internal sealed class CurrentTest
{
    private readonly Type _type;
    private readonly ITestOutputHelper? _output;
    private readonly RunningTest? _running = RunningTest.Current;
    private readonly ITest? _test;
    private readonly MethodInfo? _method;
    private readonly object?[]? _arguments;

    internal CurrentTest(Type type, ITestOutputHelper? output)
    {
        _type = type;
        _output = output ?? _running?.Output;
        if (_running is not null)
        {
            (_test, _method, _arguments) = (_running.Test, _running.Method, _running.Arguments);
        }
        else if (OutputTest.Of(output) is { TestCase.TestMethod.Method: IReflectionMethodInfo { MethodInfo: var method } } test)
        {
            (_test, _method, _arguments) = (test, method, test.TestCase.TestMethodArguments ?? (method.GetParameters().Length == 0 ? [] : null));
        }
    }

    /// <summary>The backup, and more, of a test of a matrix.</summary>
    internal BackupTestCase? Matrix => _running?.Test.TestCase as BackupTestCase;

    internal bool CanBeSkipped => _running is not null;

    internal CancellationToken CancellationToken => _running?.CancellationToken ?? CancellationToken.None;

    /// <summary>The test as messages call it.</summary>
    internal string Name => _test?.DisplayName ?? _type.ToString();

    /// <summary>The names of the test's files; where they are not known, the class's.</summary>
    internal string FileName => _method is not null && _arguments is not null ? NameOf(_method, _arguments) : _type.Name;

    /// <summary>Whether the test failed, and whether its method goes on.</summary>
    /// <param name="isEarly">Whether xUnit disposes the class without having called <c>DisposeAsync</c>, which it does for these reasons only.</param>
    internal (bool HasFailed, bool IsUnfinished) End(bool isEarly) =>
        _running is null ? (isEarly, isEarly) : (_running.HasFailed, _running.IsUnfinished);

    /// <summary>The test as one that compares with an approved file.</summary>
    /// <param name="options">What the test says itself.</param>
    /// <param name="member">The method that compares; it is the test where nothing else says which that is.</param>
    internal SnapshotOptions Named(SnapshotOptions? options, string member)
    {
        options ??= new SnapshotOptions();
        var method = _method ?? Tests(member).FirstOrDefault();
        if (options.Name is null)
        {
            method = method ?? throw RunningErrors.TestIsUnknown(_type.Name, member);
            var arguments = _arguments ?? (method.GetParameters().Length == 0 ? [] : throw RunningErrors.ArgumentsAreUnknown(_type.Name, method.Name));
            options = options with { Name = NameOf(method, arguments) };
        }

        return method is null ? options : options with { Claim = Claim(method) };
    }

    /// <summary>Writes to the test's output, or else where a build's log shows it: while a test runs, and where there is an output.</summary>
    internal void WriteLine(string line)
    {
        try
        {
            if (_output is not null)
            {
                _output.WriteLine(line);
                return;
            }
        }
        catch (InvalidOperationException)
        {
            // The test has been reported.
        }

        Console.Error.WriteLine(line);
    }

    private SnapshotClaim Claim(MethodInfo method) => new(
        $"{method.DeclaringType}.{method}",
        $"{_type} {(Matrix is { Case: var backup } ? $"{backup.Engine.Name} {backup}" : string.Empty)}",
        $"{_test?.TestCase.UniqueID} {_test?.DisplayName}",
        _test?.DisplayName ?? $"{_type}.{method.Name}");

    private IEnumerable<MethodInfo> Tests(string member) =>
        _type.GetMethods(BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(method => method.Name == member && method.IsDefined(typeof(FactAttribute), inherit: true));

    private string NameOf(MethodInfo method, object?[] arguments) =>
        SnapshotName.Of(method, [], arguments, Matrix is { } matrix ? matrix.Case.Arguments(matrix.ApprovedPerEngine) : []);
}
