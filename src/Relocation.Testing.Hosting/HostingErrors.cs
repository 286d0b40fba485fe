namespace Relocation.Testing.Hosting;

/// <summary>The messages about applications under test: what is wrong, where, what to do.</summary>
internal static class HostingErrors
{
    internal static InvalidOperationException InTransaction() => new(
        "With ResetStrategy.Rollback a test works in a transaction that is never committed, and an application opens connections of its own, which see "
        + "nothing of it. Choose another ResetStrategy for tests that host an application.");

    internal static InvalidOperationException NoContext(Type context) => new(
        $"The application has not registered the context '{context.Name}', so there is nothing to replace. Call UseTestDatabase after the application's own "
        + "registrations: in ConfigureTestServices of a WebApplicationFactory, or right before Build of a host.");

    internal static UnsafeDatabaseException NotReplaced(IReadOnlyCollection<string> services) => new(
        $"The application was not started, since services of it may open another database than the test database: {string.Join(", ", services)}. "
        + "Give each its test database (UseTestDatabase<TContext>, or a registration of your own in ConfigureTestServices), or say with "
        + "KeepRegisteredDatabase<TService> that it may keep its own.",
        string.Join(", ", services));
}
