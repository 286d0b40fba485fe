using NUnit.Framework;

namespace Relocation.Testing;

/// <content>What NUnit calls.</content>
[SetUpFixture]
public abstract partial class DatabaseFixture
{
    /// <summary>Creates the test database. NUnit calls it. Errors are thrown by each test, not here.</summary>
    [OneTimeSetUp]
    public Task StartBaselineAsync() => _baseline.GetAsync(TestContext.CurrentContext.CancellationToken);
}
