using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Relocation.Testing.Hosting;

namespace Relocation.Testing;

/// <summary>Points the services of an application under test at a test database (docs/aspnetcore.md).</summary>
/// <remarks>
/// <para>
/// To be called after the application has registered its own services: in <c>ConfigureTestServices</c> of a <c>WebApplicationFactory</c>, or
/// before <c>Build</c> of a host. Replaced are EF Core contexts however they are registered (<c>AddDbContext</c>, pooled, factories, factory
/// methods), <c>DbConnection</c> and <c>DbDataSource</c>, and the engine's own types of these. What the application configures for a context beside
/// its database stays: interceptors, naming conventions, logging, and what it tells the provider, where the provider is the same.
/// </para>
/// <para>
/// When the host starts, before its other hosted services do, each context is made once and asked which database it really opens, and every service
/// that could still lead elsewhere is named. A context is also looked at whenever it opens a connection.
/// </para>
/// </remarks>
public static class TestDatabaseServices
{
    /// <summary>Lets the application use the database of a lease.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="lease">The lease; the application is to end before it is given back.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">The test works in a transaction that it never commits, which an application cannot share.</exception>
    public static IServiceCollection UseTestDatabase(this IServiceCollection services, TestLease lease)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return services.UseTestDatabase(lease.Database);
    }

    /// <summary>Lets the application use a test database, for all its contexts, connections and data sources.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="database">The database; the application is to end before it is given back or disposed.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">The test works in a transaction that it never commits, which an application cannot share.</exception>
    public static IServiceCollection UseTestDatabase(this IServiceCollection services, TestDatabase database)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(database);
        DatabaseServices.Of(services).ReplaceAll(Checked(database));
        return services;
    }

    /// <summary>Lets one context of the application use a test database, for an application that has several databases.</summary>
    /// <typeparam name="TContext">The context.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <param name="database">The database; the application is to end before it is given back or disposed.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="InvalidOperationException">
    /// The application has not registered the context, or the test works in a transaction that it never commits, which an application cannot share.
    /// </exception>
    public static IServiceCollection UseTestDatabase<TContext>(this IServiceCollection services, TestDatabase database)
        where TContext : DbContext
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(database);
        DatabaseServices.Of(services).ReplaceContext(typeof(TContext), Checked(database));
        return services;
    }

    /// <summary>Says that a context, a connection or a data source keeps the database that the application gave it, so that nothing is said of it.</summary>
    /// <typeparam name="TService">The type that it is registered as.</typeparam>
    /// <param name="services">The application's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection KeepRegisteredDatabase<TService>(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        DatabaseServices.Of(services).Keep(typeof(TService));
        return services;
    }

    private static TestDatabase Checked(TestDatabase database) => database.Transaction is null ? database : throw HostingErrors.InTransaction();
}
