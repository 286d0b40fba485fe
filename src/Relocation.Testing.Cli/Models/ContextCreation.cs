using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.Extensions.DependencyInjection;
using Relocation.Testing.Cli.Failures;
using Relocation.Testing.Databases;

namespace Relocation.Testing.Cli.Models;

/// <summary>Creates contexts of one type: by the user's design-time factory, from the application's services, or by a constructor.</summary>
/// <param name="type">The context.</param>
/// <param name="types">The types of its assembly.</param>
/// <param name="host">The application, where the assembly is one.</param>
internal sealed class ContextCreation(Type type, IReadOnlyList<Type> types, Lazy<ApplicationHost?> host)
{
    /// <summary>Creates a context with the engine's provider. It is not connected to any database of the user.</summary>
    internal DbContext Create(DatabaseEngine engine)
    {
        try
        {
            return FromFactory(engine) ?? FromHost(engine) ?? FromOptions(engine) ?? FromNothing(engine) ?? throw Errors.ContextNotMade(type, engine);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is UnsafeDatabaseException refused)
        {
            throw Errors.ContextUnsafe(refused);
        }
        catch (TargetInvocationException exception)
        {
            throw Errors.ContextFailed(type, exception.InnerException ?? exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or TypeLoadException or MissingMethodException)
        {
            throw Errors.ContextFailed(type, exception);
        }
    }

    private DbContext? FromFactory(DatabaseEngine engine)
    {
        var interfaceType = typeof(IDesignTimeDbContextFactory<>).MakeGenericType(type);
        var factory = types.FirstOrDefault(candidate =>
            candidate is { IsAbstract: false, IsGenericTypeDefinition: false } && interfaceType.IsAssignableFrom(candidate)
            && candidate.GetConstructor(Type.EmptyTypes) is not null);
        if (factory is null)
        {
            return null;
        }

        var create = interfaceType.GetMethod(nameof(IDesignTimeDbContextFactory<>.CreateDbContext))!;
        var instance = Activator.CreateInstance(factory);
        return IfOf(engine, (DbContext?)create.Invoke(instance, [Array.Empty<string>()]));
    }

    /// <summary>The context as the application configures it, its services included, but for the database.</summary>
    private DbContext? FromHost(DatabaseEngine engine)
    {
        if (host.Value is not { } application)
        {
            return null;
        }

        // Its scope lives as long as the context, and that as long as the tool.
        var services = application.Services.CreateScope().ServiceProvider;
        if (services.GetService(typeof(DbContextOptions<>).MakeGenericType(type)) is not DbContextOptions options)
        {
            return null;
        }

        return IfOf(engine, (DbContext)ActivatorUtilities.CreateInstance(services, type, ContextEntrance.OfModel(engine).Over(options)));
    }

    private DbContext? FromOptions(DatabaseEngine engine)
    {
        var builder = (DbContextOptionsBuilder)Activator.CreateInstance(typeof(DbContextOptionsBuilder<>).MakeGenericType(type))!;
        var constructor = type.GetConstructors().FirstOrDefault(candidate =>
            candidate.GetParameters() is [var first, .. var others]
            && first.ParameterType.IsInstanceOfType(builder.Options) && others.All(other => other.IsOptional));
        if (constructor is null)
        {
            return null;
        }

        // Only the model is read. A constructor that creates or migrates a database is stopped before it does so.
        ContextEntrance.OfModel(engine).Prepare(builder);
        var arguments = constructor.GetParameters().Select((parameter, index) => index == 0 ? builder.Options : parameter.DefaultValue);
        return IfOf(engine, (DbContext)constructor.Invoke([.. arguments]));
    }

    /// <summary>A context that configures itself is accepted if it has chosen the engine's provider.</summary>
    private DbContext? FromNothing(DatabaseEngine engine) =>
        type.GetConstructor(Type.EmptyTypes) is { } constructor ? IfOf(engine, (DbContext)constructor.Invoke(null)) : null;

    private static DbContext? IfOf(DatabaseEngine engine, DbContext? context)
    {
        if (context?.Database.ProviderName?.Contains(engine is SqliteEngine ? "Sqlite" : "Npgsql", StringComparison.OrdinalIgnoreCase) == true)
        {
            return context;
        }

        context?.Dispose();
        return null;
    }
}
