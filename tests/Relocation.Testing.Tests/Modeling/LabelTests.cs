using Microsoft.EntityFrameworkCore;
using Xunit;

namespace Relocation.Testing.Tests.Modeling;

/// <summary>Who names entities, and who goes before whom.</summary>
public sealed class LabelTests
{
    [Fact]
    public void Label_is_the_contexts_and_the_entitys_name_by_convention() =>
        Assert.Equal(["given.line", "wood.given_too", "workshop.toolbox", "workshop.workbench"], Labels(new RelocationModelOptions()));

    [Fact]
    public void Style_and_app_change_the_convention_only() => Assert.Equal(
        ["given.line", "my_app.tool_box", "my_app.work_bench", "wood.given_too"],
        Labels(new RelocationModelOptions { App = "my_app", Style = LabelStyle.Snake }));

    [Fact]
    public void Naming_function_goes_before_the_convention_and_after_what_an_entity_is_given() => Assert.Equal(
        ["given.line", "t.toolbox", "wood.given_too", "workshop.workbench"],
        Labels(new RelocationModelOptions { Label = entity => entity.ClrType == typeof(WorkBench) ? null : $"t.{entity.ClrType.Name}" }));

    [Fact]
    public void Naming_function_must_give_labels()
    {
        var exception = Assert.Throws<RelocationModelException>(() => Labels(new RelocationModelOptions { Label = _ => "none" }));

        Assert.Equal(
            "RelocationModelOptions.Label names entity 'ToolBox' 'none', which is no label. A label is 'app.model', for example 'shop.order'.",
            exception.Message);
    }

    [Fact]
    public void Attribute_and_annotation_refuse_what_is_no_label()
    {
        Assert.Throws<ArgumentException>(() => new BackupLabelAttribute(" "));
        Assert.Throws<FormatException>(() => new ModelBuilder().Entity<ToolBox>().HasBackupLabel("toolbox"));
        Assert.Throws<FormatException>(() => new ModelBuilder().Entity<ToolBox>().HasFormerLabel("tool.box", "toolbox"));
        Assert.Throws<ArgumentException>(() => new ModelBuilder().Entity<ToolBox>().IgnoresBackupField(""));
    }

    [Fact]
    public void Annotations_hold_only_what_a_migration_snapshot_can_write()
    {
        var builder = new ModelBuilder();
        builder.IgnoresBackupLabel("a.b").Entity<ToolBox>(box =>
        {
            box.HasFormerLabel("a.c").HasFormerLabel("a.d", "a.c").IgnoresBackupField("x").HasBackupLabel("a.e");
            box.Property(entity => entity.Id).HasFormerName("n").HasBackupDefault(FieldDefault.After(TimeSpan.FromDays(-1))).HasBackupName("m");
        });

        var entity = builder.Model.FindEntityType(typeof(ToolBox))!;
        var values = builder.Model.GetAnnotations().Concat(entity.GetAnnotations()).Concat(entity.FindProperty("Id")!.GetAnnotations())
            .Where(annotation => annotation.Name.StartsWith("Relocation:", StringComparison.Ordinal)).Select(annotation => annotation.Value).ToList();
        Assert.Equal(7, values.Count);
        Assert.All(values, value => Assert.True(value is string or string[]));
        Assert.Contains(values, value => value is string[] and ["a.c", "a.d"]);
    }

    private static IEnumerable<string> Labels(RelocationModelOptions options)
    {
        using var context = new WorkshopDbContext(new DbContextOptionsBuilder<WorkshopDbContext>().UseSqlite("Data Source=none").Options);
        return [.. RelocationModel.FromContext(context, options).Entities.Select(entity => entity.Label.Value)];
    }

    private sealed class ToolBox
    {
        public int Id { get; set; }
    }

    private sealed class WorkBench
    {
        public int Id { get; set; }
    }

    [BackupLabel("given.line")]
    private sealed class SawLine
    {
        public int Id { get; set; }
    }

    [BackupLabel("given.too")]
    private sealed class Given
    {
        public int Id { get; set; }
    }

    private sealed class WorkshopDbContext(DbContextOptions<WorkshopDbContext> options) : DbContext(options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder)
        {
            modelBuilder.Entity<ToolBox>();
            modelBuilder.Entity<WorkBench>();
            modelBuilder.Entity<SawLine>();
            modelBuilder.Entity<Given>().HasBackupLabel("wood.given_too");
        }
    }
}
