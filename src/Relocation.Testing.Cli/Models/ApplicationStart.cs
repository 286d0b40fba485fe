using System.Diagnostics;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Relocation.Testing.Cli.Models;

/// <summary>
/// Runs an application until its host is built, and no further, as <c>dotnet ef</c> does. Hosts tell of that through the diagnostic listener of
/// Microsoft.Extensions.Hosting.
/// </summary>
internal sealed class ApplicationStart : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Hosting = "Microsoft.Extensions.Hosting";

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private readonly AsyncLocal<bool> _isAsked = new();
    private readonly object _gate = new();
    private bool _isDone;
    private IServiceProvider? _services;
    private Exception? _failure;
    private IServiceCollection? _registered;

    private ApplicationStart()
    {
    }

    /// <summary>Runs the program until its host is built.</summary>
    /// <exception cref="ApplicationHostException">It ended, failed or waited before that.</exception>
    internal static ApplicationHost Run(Assembly assembly)
    {
        var start = new ApplicationStart();
        using var subscription = DiagnosticListener.AllListeners.Subscribe(start);

        // What the program writes is no result of ours.
        var output = Console.Out;
        Console.SetOut(Console.Error);
        try
        {
            new Thread(() => start.RunProgram(assembly)) { IsBackground = true, Name = assembly.GetName().Name }.Start();
            if (!start.AwaitEnd())
            {
                throw new ApplicationHostException($"it has not built its host within {Longest.TotalSeconds:0} seconds.");
            }

            return start._services is { } services ? new ApplicationHost(services, start.RegisteredContexts())
                : throw new ApplicationHostException(start._failure?.Message ?? "it ended before it had built a host.", start._failure);
        }
        finally
        {
            Console.SetOut(output);
        }
    }

    void IObserver<DiagnosticListener>.OnNext(DiagnosticListener value)
    {
        if (value.Name == Hosting)
        {
            value.Subscribe(this);
        }
    }

    void IObserver<KeyValuePair<string, object?>>.OnNext(KeyValuePair<string, object?> value)
    {
        if (!_isAsked.Value || value.Value is not { } told)
        {
            return;
        }

        switch (value.Key)
        {
            case "HostBuilding":
                Capture(told);
                break;
            case "HostBuilt" when told.GetType().GetInterface($"{Hosting}.IHost") is { } host:
                _services = (IServiceProvider)host.GetProperty("Services")!.GetValue(told)!;
                End();
                throw Abortion(host.Assembly);
        }
    }

    void IObserver<DiagnosticListener>.OnCompleted()
    {
    }

    void IObserver<DiagnosticListener>.OnError(Exception error)
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnCompleted()
    {
    }

    void IObserver<KeyValuePair<string, object?>>.OnError(Exception error)
    {
    }

    private void RunProgram(Assembly assembly)
    {
        _isAsked.Value = true;
        var environment = Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT") ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT") ?? "Development";
        string[] arguments = [$"--applicationName={assembly.GetName().Name}", $"--environment={environment}", $"--contentRoot={ContentRoot(assembly)}"];
        try
        {
            assembly.EntryPoint!.Invoke(null, assembly.EntryPoint.GetParameters().Length == 0 ? null : [arguments]);
        }
        catch (TargetInvocationException exception)
        {
            // Its end is ours where the host was built.
            _failure = exception.InnerException;
        }

        End();
    }

    private void End()
    {
        lock (_gate)
        {
            _isDone = true;
            Monitor.PulseAll(_gate);
        }
    }

    private bool AwaitEnd()
    {
        lock (_gate)
        {
            return _isDone || Monitor.Wait(_gate, Longest);
        }
    }

    /// <summary>Where its settings are: the current folder, as for the program itself, or else its own.</summary>
    private static string ContentRoot(Assembly assembly) =>
        File.Exists("appsettings.json") ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(assembly.Location)!;

    /// <summary>Has the builder show its services when it builds. Its types may be the program's own, so it is spoken to by reflection.</summary>
    private void Capture(object builder)
    {
        if (builder.GetType().GetInterface($"{Hosting}.IHostBuilder") is not { } type)
        {
            return;
        }

        var configure = type.GetMethod("ConfigureServices")!;
        var context = configure.GetParameters()[0].ParameterType.GenericTypeArguments[0];
        var note = typeof(ApplicationStart).GetMethod(nameof(Note), BindingFlags.NonPublic | BindingFlags.Instance)!.MakeGenericMethod(context);
        configure.Invoke(builder, [note.CreateDelegate(configure.GetParameters()[0].ParameterType, this)]);
    }

    private void Note<TContext>(TContext context, IServiceCollection services) => _registered = services;

    private List<Type> RegisteredContexts() =>
    [
        .. (_registered ?? new ServiceCollection()).Select(service => service.ServiceType)
            .Where(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(DbContextOptions<>))
            .Select(type => type.GenericTypeArguments[0]).Distinct(),
    ];

    /// <summary>What programs know as the end that tools make of them.</summary>
    private static Exception Abortion(Assembly hosting) =>
        (Exception?)Activator.CreateInstance(hosting.GetType($"{Hosting}.HostAbortedException") ?? typeof(OperationCanceledException))!;
}
