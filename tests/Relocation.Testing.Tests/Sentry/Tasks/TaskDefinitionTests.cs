using Relocation.Testing.Sentry.Tasks.Steps;
using Xunit;

namespace Relocation.Testing.Tests.Sentry.Tasks;

public sealed class TaskDefinitionTests
{
    [Fact]
    public void Every_task_has_one_step_and_a_name_and_steps_follow_each_other()
    {
        var names = Enum.GetValues<RelocationTaskName>().Where(name => name != RelocationTaskName.None).ToList();

        Assert.Equal(names, TaskDefinition.All.Select(task => task.Name));
        Assert.Equal(names.Count, TaskDefinition.All.Select(task => task.Text).Distinct().Count());
        Assert.All(names, name => Assert.Equal(name, TaskDefinition.Parse(TaskDefinition.TextOf(name))));
        Assert.Equal(RelocationTaskName.None, TaskDefinition.Parse(string.Empty));
        Assert.Equal(TaskDefinition.All.Select(task => task.Step).Order(), TaskDefinition.All.Select(task => task.Step));
        Assert.Equal(
            Enum.GetValues<RelocationStep>().Where(step => step != RelocationStep.Unknown), TaskDefinition.All.Select(task => task.Step).Distinct());
        Assert.All(TaskDefinition.All, task => Assert.InRange(task.Text.Length, 1, 64));
    }

    [Fact]
    public void Every_task_has_a_step_that_does_it() =>
        Assert.All(TaskDefinition.All, task => Assert.Equal(task.Name, TaskSteps.Default[task.Name].Name));

    [Fact]
    public void Attempts_are_those_of_the_specification()
    {
        var others = TaskDefinition.All.Where(task => task.MaxAttempts != 4).ToDictionary(task => task.Name, task => task.MaxAttempts);

        Assert.Equal(
            new Dictionary<RelocationTaskName, int> { [RelocationTaskName.ValidatingPoll] = 61, [RelocationTaskName.Importing] = 5 }, others);
    }

    [Fact]
    public void Numbers_are_those_that_the_database_holds()
    {
        Assert.Equal([0, 1, 2, 3], Enum.GetValues<RelocationStatus>().Select(status => (int)status));
        Assert.Equal((0, 1, 2, 3), ((int)RelocationStatus.InProgress, (int)RelocationStatus.Failure, (int)RelocationStatus.Success, (int)RelocationStatus.Pause));
        Assert.Equal(
            (0, 1, 2, 3, 4),
            ((int)RelocationValidationStatus.InProgress, (int)RelocationValidationStatus.Timeout, (int)RelocationValidationStatus.Failure,
                (int)RelocationValidationStatus.Invalid, (int)RelocationValidationStatus.Valid));
        Assert.Equal(
            (0, 1, 2), ((int)RelocationMessageKind.Started, (int)RelocationMessageKind.Failed, (int)RelocationMessageKind.Succeeded));
        Assert.Equal((0, 1), ((int)RelocationProvenance.SelfHosted, (int)RelocationProvenance.SaasToSaas));
        Assert.Equal((1, 4, 7), ((int)RelocationStep.Uploading, (int)RelocationStep.Importing, (int)RelocationStep.Completed));
    }
}
