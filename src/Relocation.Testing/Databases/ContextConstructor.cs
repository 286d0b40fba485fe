using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Relocation.Testing.Engines;

namespace Relocation.Testing.Databases;

/// <summary>Makes contexts by the constructor that EF Core's own documentation has them have.</summary>
internal static class ContextConstructor
{
    /// <exception cref="InvalidOperationException">There is no such constructor.</exception>
    internal static TContext Create<TContext>(DbContextOptions<TContext> options)
        where TContext : DbContext
    {
        var constructor = typeof(TContext).GetConstructors().OrderBy(candidate => candidate.GetParameters().Length)
            .FirstOrDefault(candidate =>
                candidate.GetParameters() is [var first, .. var rest]
                && first.ParameterType.IsInstanceOfType(options)
                && rest.All(parameter => parameter.HasDefaultValue))
            ?? throw DatabaseErrors.NoContextConstructor(typeof(TContext));
        object?[] arguments = [options, .. constructor.GetParameters()[1..].Select(parameter => parameter.DefaultValue)];
        return (TContext)constructor.Invoke(BindingFlags.DoNotWrapExceptions, binder: null, arguments, culture: null);
    }
}
