using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Relocation.Testing.Hosting;

/// <summary>A context of the application that was given a test database.</summary>
internal abstract class ReplacedContext(TestDatabase database)
{
    /// <summary>The test database.</summary>
    protected TestDatabase Database { get; } = database;

    internal static ReplacedContext Of(Type context, TestDatabase database) =>
        (ReplacedContext)Activator.CreateInstance(typeof(ReplacedContext<>).MakeGenericType(context), database)!;

    /// <summary>What is registered in the place of the context's options.</summary>
    internal abstract ServiceDescriptor OptionsFor(ServiceDescriptor registered);

    /// <summary>What is registered in the place of a context, or a factory of contexts, that takes no options from the services.</summary>
    internal abstract ServiceDescriptor WatchedFor(ServiceDescriptor registered);

    /// <summary>Makes the context as the application does, and asks it for its database.</summary>
    /// <exception cref="UnsafeDatabaseException">It opens another one.</exception>
    internal abstract Task CheckAsync(IServiceProvider services);
}

/// <inheritdoc />
internal sealed class ReplacedContext<TContext>(TestDatabase database) : ReplacedContext(database)
    where TContext : DbContext
{
    internal override ServiceDescriptor OptionsFor(ServiceDescriptor registered) => ServiceDescriptor.Describe(
        registered.ServiceType,
        services => Database.Entrance.Over((DbContextOptions)Registered.Make(registered, services)),
        registered.Lifetime);

    internal override ServiceDescriptor WatchedFor(ServiceDescriptor registered) => ServiceDescriptor.Describe(
        registered.ServiceType,
        services => Registered.Make(registered, services) switch
        {
            IDbContextFactory<TContext> factory => new WatchedFactory<TContext>(factory, Database),
            var context => Database.Entrance.Admit((DbContext)context),
        },
        registered.Lifetime);

    internal override async Task CheckAsync(IServiceProvider services)
    {
        if (services.GetService<IDbContextFactory<TContext>>() is { } factory)
        {
            var made = await factory.CreateDbContextAsync().ConfigureAwait(false);
            await using (made.ConfigureAwait(false))
            {
                Database.Entrance.Admit(made);
            }
        }
        else if (services.GetService<TContext>() is { } context)
        {
            Database.Entrance.Admit(context);
        }
    }
}
