using System.Reflection;
using Relocation.Testing.Cli.Failures;

namespace Relocation.Testing.Cli.Models;

/// <summary>An assembly of the user's.</summary>
/// <param name="Assembly">The assembly.</param>
/// <param name="Types">Its types, as far as they could be loaded.</param>
/// <param name="NotLoaded">Why others could not: a sentence each.</param>
internal sealed record UserAssembly(Assembly Assembly, IReadOnlyList<Type> Types, IReadOnlyList<string> NotLoaded)
{
    /// <summary>Loads an assembly.</summary>
    internal static UserAssembly Load(string path)
    {
        var full = Path.GetFullPath(path);
        try
        {
            var assembly = new UserAssemblies(full).LoadFromAssemblyPath(full);
            try
            {
                return new UserAssembly(assembly, assembly.GetTypes(), []);
            }
            catch (ReflectionTypeLoadException exception)
            {
                // The context is rarely among them.
                return new UserAssembly(
                    assembly, [.. exception.Types.OfType<Type>()], [.. exception.LoaderExceptions.OfType<Exception>().Select(cause => cause.Message).Distinct()]);
            }
        }
        catch (Exception exception) when (exception is BadImageFormatException or FileLoadException or FileNotFoundException)
        {
            throw Errors.AssemblyUnreadable(path, exception);
        }
    }

    /// <summary>Asks the application for its services; null where it is none, or where it fails before it has them, which is said.</summary>
    internal ApplicationHost? AskHost()
    {
        if (!ApplicationHost.IsIn(Assembly))
        {
            return null;
        }

        try
        {
            return ApplicationStart.Run(Assembly);
        }
        catch (ApplicationHostException exception)
        {
            Console.Error.WriteLine(Errors.HostNotAsked(Assembly.GetName().Name!, exception.Message));
            return null;
        }
    }
}
