import { Module } from '@nestjs/common';
import { RequirementsModule } from '../requirements/index.ts';
import { TasksModule } from '../tasks/index.ts';
import { Homes } from './home.ts';
import { PortfolioController } from './portfolio.controller.ts';
import { Portfolios } from './portfolio.ts';

/** What people see first. */
@Module({
  imports: [RequirementsModule, TasksModule],
  controllers: [PortfolioController],
  providers: [Homes, Portfolios],
})
export class PortfolioModule {}
